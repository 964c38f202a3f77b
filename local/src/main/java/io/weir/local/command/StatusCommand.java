package io.weir.local.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.local.platform.Catalogue;
import io.weir.local.platform.Home;
import io.weir.local.platform.Readiness;
import io.weir.local.platform.RunFile;
import io.weir.local.platform.Service;
import io.weir.local.watch.Figures;
import io.weir.local.watch.ServiceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows each process and the figures of the pipeline. */
@Command(
    name = "status",
    description =
        "Shows every process and the figures of the pipeline; exit code 1 unless all run.")
public final class StatusCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    Home home = common.home();
    Optional<RunFile> run = RunFile.read(home.runFile());
    if (run.isEmpty()) {
      System.out.println(json ? "{\"running\":false,\"services\":[]}" : "nothing was started yet");
      return 1;
    }
    Catalogue catalogue = common.started();
    List<ServiceState> states = states(catalogue, run.get().isSimulated());
    boolean allRun = states.stream().allMatch(ServiceState::isReady);
    Figures figures = allRun ? figures(catalogue) : null;
    if (json) {
      System.out.println(document(allRun, states, figures));
    } else {
      System.out.print(table(states));
      System.out.println(figures == null ? "" : System.lineSeparator() + figures.line());
    }
    return allRun ? 0 : 1;
  }

  private static List<ServiceState> states(Catalogue catalogue, boolean isSimulated)
      throws InterruptedException {
    var readiness = new Readiness(catalogue);
    var states = new ArrayList<ServiceState>();
    for (Service service : Service.values()) {
      if (service == Service.SIMULATOR && !isSimulated) {
        continue;
      }
      Optional<ProcessHandle> process = catalogue.home().pidFile(service.id()).running();
      Optional<String> problem =
          process.isEmpty() ? Optional.of("not running") : readiness.problem(service);
      states.add(
          new ServiceState(
              service.id(),
              process.map(ProcessHandle::pid).orElse(0L),
              catalogue.ports().of(service),
              problem.orElse(""),
              catalogue.home().pidFile(service.id()).restarts()));
    }
    return states;
  }

  private static @Nullable Figures figures(Catalogue catalogue) throws InterruptedException {
    try {
      return new Figures.Reader(catalogue).read();
    } catch (Figures.UnavailableException e) {
      System.err.println(e.getMessage());
      return null;
    }
  }

  private static String table(List<ServiceState> states) {
    var text = new StringBuilder(ServiceState.header()).append(System.lineSeparator());
    states.forEach(state -> text.append(state.line()).append(System.lineSeparator()));
    return text.toString();
  }

  private static String document(
      boolean running, List<ServiceState> states, @Nullable Figures figures)
      throws JsonProcessingException {
    ObjectNode node = JSON.createObjectNode().put("running", running);
    ArrayNode services = node.putArray("services");
    states.forEach(state -> services.add(JSON.<ObjectNode>valueToTree(state)));
    if (figures != null) {
      node.set("figures", JSON.valueToTree(figures));
    }
    return JSON.writeValueAsString(node);
  }
}
