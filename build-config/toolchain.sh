# Finds the JDK and the Maven that Weir is built with, and installs them if the user agrees.
# Sourced by ./weir and ./mvnw; for bash 3.2 (macOS) and newer.

needed_java=25
needed_maven=3.8.6

# Where JDKs are looked for, besides JAVA_HOME and the PATH. Set WEIR_JDK_FOLDERS to look elsewhere.
jdk_folders="${WEIR_JDK_FOLDERS-/usr/lib/jvm/* /opt/java* /opt/java/* $HOME/.sdkman/candidates/java/* \
/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home}"

die() {
  echo "weir: $*" >&2
  exit 2
}

# --- find ----------------------------------------------------------------------------------------

# The major version of the JDK in folder $1; nothing if there is no JDK.
jdk_major() {
  local line version=""
  [[ -x "$1/bin/java" && -x "$1/bin/javac" ]] || return 0
  if [[ -r "$1/release" ]]; then
    while IFS= read -r line; do
      [[ "$line" != JAVA_VERSION=* ]] || version="${line#JAVA_VERSION=}"
    done <"$1/release"
    version="${version//\"/}"
  else
    version="$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p' | head -n 1)"
  fi
  version="${version#1.}" # Java 8 calls itself 1.8
  version="${version%%[!0-9]*}"
  echo "$version"
}

# The folder of the java on the PATH, symbolic links followed.
java_on_path() {
  local program target
  program="$(command -v java)" || return 0
  while [[ -L "$program" ]]; do
    target="$(readlink "$program")"
    case "$target" in
      /*) program="$target" ;;
      *) program="$(dirname "$program")/$target" ;;
    esac
  done
  dirname "$(dirname "$program")"
}

macos_java() {
  [[ ! -x /usr/libexec/java_home ]] || /usr/libexec/java_home -v "$needed_java" 2>/dev/null || true
}

# Sets JAVA_HOME to the first JDK that is new enough. Sets jdks_seen to the others.
find_jdk() {
  local folder major
  jdks_seen=""
  # The folders are patterns: they are split and expanded on purpose.
  # shellcheck disable=SC2086
  for folder in "${JAVA_HOME:-}" "$(java_on_path)" $jdk_folders "$(macos_java)"; do
    [[ -n "$folder" ]] || continue
    major="$(jdk_major "$folder")"
    if [[ "${major:-0}" -ge "$needed_java" ]]; then
      export JAVA_HOME="$folder"
      return 0
    fi
    case "$jdks_seen" in
      *" $folder "*) ;;
      *) [[ -z "$major" ]] || jdks_seen="${jdks_seen:- }$folder (Java $major), " ;;
    esac
  done
  return 1
}

# What find_jdk did, as one sentence.
jdk_search() {
  local seen="${jdks_seen:-}"
  seen="${seen%, }"
  echo "no JDK $needed_java or newer found; looked at JAVA_HOME (${JAVA_HOME:-not set}), the PATH" \
    "${jdk_folders//$HOME/~}${seen:+; found only$seen}"
}

# Whether version $1 is at least version $2.
at_least() {
  local IFS=. i
  # shellcheck disable=SC2206
  local -a found=(${1%%-*}) wanted=($2)
  for i in 0 1 2; do
    ((${found[i]:-0} > ${wanted[i]:-0})) && return 0
    ((${found[i]:-0} < ${wanted[i]:-0})) && return 1
  done
  return 0
}

is_maven() {
  local version
  # Outside the project: its .mvn/jvm.config is for the JDK that Maven gets later.
  version="$(cd / && "$1" --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1)"
  [[ -n "$version" ]] && at_least "$version" "$needed_maven"
}

# Sets maven to the program, from MAVEN_HOME, the PATH or what ./mvnw downloaded before.
find_maven() {
  local program
  for program in "${MAVEN_HOME:+$MAVEN_HOME/bin/mvn}" "$(command -v mvn || true)" \
    "$HOME"/.m2/wrapper/apache-maven-*/bin/mvn; do
    if [[ -n "$program" && -x "$program" ]] && is_maven "$program"; then
      maven="$program"
      return 0
    fi
  done
  return 1
}

# --- install -------------------------------------------------------------------------------------

# Whether apt's lists name a version of package $1.
apt_has() {
  local policy
  # Not through a pipe: grep would leave at the first match, and apt-cache fail for that.
  policy="$(apt-cache policy "$1" 2>/dev/null)" || return 1
  [[ "$policy" =~ Candidate:\ [^\(] ]]
}

apt_lists_are_empty() {
  ! ls "${WEIR_APT_LISTS:-/var/lib/apt/lists}"/*Packages* >/dev/null 2>&1
}

# Each way sets install_command for the packages in $*, which are "jdk", "maven" or both. A way
# returns 1 if its program is absent or has no such package.
by_apt() {
  local what packages=""
  command -v apt-get >/dev/null || return 1
  for what in "$@"; do
    case "$what" in
      jdk) packages="$packages openjdk-$needed_java-jdk-headless" ;;
      maven) packages="$packages maven" ;;
    esac
  done
  install_command="apt-get install --yes --no-install-recommends$packages"
  needs_root=true
  if apt_lists_are_empty; then
    refresh_command="apt-get update"
    return 0
  fi
  for what in $packages; do apt_has "$what" || return 1; done
}

by_dnf() {
  local what packages=""
  command -v dnf >/dev/null || return 1
  for what in "$@"; do
    case "$what" in
      jdk) packages="$packages java-$needed_java-openjdk-devel" ;;
      maven) packages="$packages maven" ;;
    esac
  done
  for what in $packages; do
    dnf --quiet list --available "$what" >/dev/null 2>&1 || return 1
  done
  install_command="dnf install --assumeyes$packages"
  needs_root=true
}

by_brew() {
  local what packages=""
  command -v brew >/dev/null || return 1
  for what in "$@"; do
    case "$what" in
      jdk) packages="$packages openjdk@$needed_java" ;;
      maven) packages="$packages maven" ;;
    esac
  done
  for what in $packages; do brew info "$what" >/dev/null 2>&1 || return 1; done
  install_command="brew install$packages"
}

by_sdkman() {
  local what id init="${SDKMAN_DIR:-$HOME/.sdkman}/bin/sdkman-init.sh"
  [[ -r "$init" ]] || return 1
  install_command="source '$init'"
  for what in "$@"; do
    case "$what" in
      jdk)
        id="$(bash -c "source '$init' && sdk list java" 2>/dev/null)" || return 1
        [[ "$id" =~ $needed_java[.0-9]*-tem ]] || return 1
        id="${BASH_REMATCH[0]}"
        install_command="$install_command && sdk install java $id"
        ;;
      maven) install_command="$install_command && sdk install maven" ;;
    esac
  done
}

# Sets install_command, and refresh_command where the lists of packages must be fetched first.
choose_installer() {
  local way
  for way in by_apt by_dnf by_brew by_sdkman; do
    install_command="" refresh_command="" needs_root=false
    ! "$way" "$@" || return 0
  done
  install_command=""
  return 1
}

# Prints which system this is, for example "Debian GNU/Linux 12 (bookworm)".
system_name() {
  local name=""
  [[ ! -r /etc/os-release ]] || name="$(. /etc/os-release && echo "${PRETTY_NAME:-}")"
  echo "${name:-$(uname -s)}"
}

by_hand() {
  local what="$1"
  cat <<END
weir: $(system_name) has no package of it that this script knows.
  $what: unpack a JDK $needed_java (for example Temurin) into /opt/java, or set JAVA_HOME to where it is;
  SDKMAN (sdk install java, sdk install maven) and Homebrew work on every Linux and macOS.
  Debian 12 and older have no JDK $needed_java: Debian 13 has openjdk-$needed_java-jdk-headless and maven.
END
}

# Runs a command line as root, which sudo may have to ask for.
as_root() {
  local command="export DEBIAN_FRONTEND=noninteractive; $1"
  if [[ "$needs_root" == true && "$(id -u)" != 0 ]]; then
    sudo bash -c "$command"
  else
    bash -c "$command"
  fi
}

may_become_root() {
  [[ "$needs_root" != true || "$(id -u)" == 0 ]] || command -v sudo >/dev/null
}

# What the user would type.
shown_command() {
  local prefix=""
  [[ "$needs_root" != true || "$(id -u)" == 0 ]] || prefix="sudo "
  echo "${refresh_command:+$prefix$refresh_command && }$prefix$install_command"
}

agreed() {
  local answer
  [[ "${WEIR_INSTALL:-}" != 1 ]] || return 0
  [[ -t 0 && -t 2 ]] || return 1
  printf 'Run it now? [y/N] ' >&2
  read -r answer || return 1
  [[ "$answer" == [yY] || "$answer" == [yY][eE][sS] ]]
}

# Installs what $* names ("jdk", "maven") if there is a way and the user agrees; else ends.
install_toolchain() {
  local missing="$*" command
  missing="${missing/jdk/JDK $needed_java}"
  missing="${missing/ maven/ and Maven}"
  missing="${missing/maven/Maven}"
  echo "weir: $missing needed: $(search_note "$@")" >&2
  if ! choose_installer "$@"; then
    by_hand "$missing" >&2
    exit 2
  fi
  command="$(shown_command)"
  echo "  $command" >&2
  if ! may_become_root; then
    die "run that command as root (there is no sudo), then this one again"
  fi
  agreed || die "run that command (or this one with --yes or WEIR_INSTALL=1), then this one again"
  if [[ -n "$refresh_command" ]]; then
    as_root "$refresh_command" >&2 || die "$refresh_command failed"
    # Only now is it known what there is.
    choose_installer "$@" || { by_hand "$missing" >&2; exit 2; }
  fi
  as_root "$install_command" >&2 || die "the installation failed: $install_command"
}

search_note() {
  if [[ "$1" == jdk ]]; then
    jdk_search
  else
    echo "no Maven $needed_maven or newer in MAVEN_HOME or on the PATH"
  fi
}

# Finds the JDK, and Maven if $1 is "build"; installs what is missing.
provide_toolchain() {
  local missing=""
  find_jdk || missing="jdk"
  if [[ "${1:-}" == build ]]; then
    find_maven || [[ -n "${MVNW_REPOURL:-}" ]] || missing="$missing maven"
  fi
  [[ -n "$missing" ]] || return 0
  # shellcheck disable=SC2086
  install_toolchain $missing
  [[ "$missing" != *jdk* ]] || find_jdk || die "$(jdk_search)"
  if [[ "$missing" == *maven* ]]; then
    find_maven || die "Maven was installed but no mvn $needed_maven or newer is on the PATH"
  fi
}
