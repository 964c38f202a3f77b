package io.weir.local.command;

import picocli.CommandLine.Command;

/** Drills on a platform of their own. */
@Command(
    name = "drill",
    description = "Proves on a platform of its own that faults and upgrades lose nothing.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {DrillFaultsCommand.class, DrillUpgradeCommand.class})
public final class DrillCommand {}
