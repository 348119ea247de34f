namespace Ringfence.Cli.Doctor.Isolation;

/// <summary>What the thief and those around it run, for any POSIX shell. No script is given a decoy that it looks for: it looks for their shape and brings back what it finds.</summary>
internal static class ThiefScripts
{
    /// <summary>Answers of others on the network.</summary>
    private const string Fetch =
        """
        have() { command -v "$1" >/dev/null 2>&1; }
        limit=; have timeout && limit="timeout 3"
        fetch() {
          case $1 in *:*) url="http://[$1]:$2/" ;; *) url="http://$1:$2/" ;; esac
          if have curl; then curl -s -i -m 3 --noproxy '*' "$url"
          # Bash writes a line at a time: who answers the first and closes is an answer all the same.
          elif have bash; then $limit bash -c 'exec 3<>"/dev/tcp/$0/$1" || exit; trap "" PIPE; printf "GET / HTTP/1.0\r\nHost: %s\r\n\r\n" "$0" >&3; head -c 4096 <&3' "$1" "$2"
          elif have nc; then printf 'GET / HTTP/1.0\r\n\r\n' | $limit nc "$1" "$2"
          elif have wget; then $limit wget -S -O - "$url" 2>&1 | grep -E 'HTTP/|decoy'
          fi 2>/dev/null | head -c 4096
        }

        """;

    /// <summary>An earlier job: leaves files and a process behind.</summary>
    public const string Earlier =
        """
        for folder in "$HOME" /tmp /var/tmp /dev/shm "$PWD"; do
          printf '%s\n' "$RF_VALUE" > "$folder/ringfence-decoy-left-$RF_TAG"
        done 2>/dev/null
        if command -v setsid >/dev/null 2>&1; then setsid sleep 60 </dev/null >/dev/null 2>&1 & else sleep 60 </dev/null >/dev/null 2>&1 & fi
        exit 0
        """;

    /// <summary>Another job at the same time: has files, variables and a port, and says when it is ready.</summary>
    public const string Neighbour = Fetch +
        """
        for folder in "$HOME" /tmp /var/tmp /dev/shm "$PWD"; do
          printf '%s\n' "$RF_VALUE" > "$folder/ringfence-decoy-job-$RF_TAG"
        done 2>/dev/null
        listener=
        folder=${TMPDIR:-/tmp}/ringfence-decoy-web-$RF_TAG
        mkdir -p "$folder" && printf '%s\n' "$RF_ANSWER" > "$folder/index.html"
        if have httpd && have busybox; then httpd -f -p "$RF_PORT" -h "$folder" &
        elif have perl; then perl -MSocket -e 'socket(S,PF_INET,SOCK_STREAM,6);setsockopt(S,SOL_SOCKET,SO_REUSEADDR,1);bind(S,sockaddr_in($ENV{RF_PORT},INADDR_ANY))or exit 1;listen(S,5);while(accept(C,S)){sysread(C,$b,1024);syswrite(C,"HTTP/1.0 200 OK\r\n\r\n$ENV{RF_ANSWER}\n");close C}' &
        elif have python3; then (cd "$folder" && exec python3 -m http.server "$RF_PORT") &
        else listener=none
        fi >/dev/null 2>&1
        [ "$listener" = none ] && { echo "ready -"; exec sleep 300; }
        address=127.0.0.1
        name=$(cat /proc/sys/kernel/hostname)
        while read -r number names; do case " $names " in *" $name "*) address=$number ;; esac; done < /etc/hosts
        tries=0
        until fetch 127.0.0.1 "$RF_PORT" | grep -q ringfence-decoy; do
          tries=$((tries + 1)); [ $tries -gt 40 ] && { echo "ready -"; exec sleep 300; }
          sleep 0.1
        done
        rm -r "$folder"
        echo "ready $address"
        exec sleep 300
        """;

    /// <summary>The thief: prints a line for each probe, with tabs: the probe, what came of it (got with a decoy, found, safe, untried), and a detail.</summary>
    public const string Thief = Fetch +
        """
        say() { printf '%s\t%s\t%s\n' "$1" "$2" "$3"; }
        for tool in tr grep head dd sort; do
          have $tool || { say all untried "the image has no $tool"; exit 0; }
        done
        decoys() { LC_ALL=C tr -c 'a-zA-Z0-9-' '\n' | grep -o "ringfence-decoy-$1-[0-9a-f]\{32\}" | sort -u | head -n 5; }
        got() { while read -r value; do say "$1" got "$value $2"; done; say "$1" safe; }
        memory_of() {
          budget=16384
          while read -r range mode rest; do
            case $mode in rw*) ;; *) continue ;; esac
            pages=$(((0x${range#*-} - 0x${range%-*}) / 4096))
            [ $pages -gt $budget ] && continue
            budget=$((budget - pages))
            dd if="/proc/$1/mem" bs=4096 skip=$((0x${range%-*} / 4096)) count=$pages
          done < "/proc/$1/maps"
        }

        cat /proc/[0-9]*/environ 2>/dev/null | decoys env | got process-environment 'in /proc/*/environ'
        memory_of "$RF_DECOY_PID" 2>/dev/null | decoys env | got process-memory 'in /proc/PID/mem'
        for process in /proc/[0-9]*; do
          dd if="$process/mem" bs=4096 skip=$((RF_RUNNER_ADDRESS / 4096)) count=2 2>/dev/null
        done | decoys runner | got runner-memory 'in /proc/PID/mem'
        { memory_of "$PPID"; cat "/proc/$PPID/environ"; } 2>/dev/null | decoys step | got agent-memory 'in the memory of the agent'

        if kill -0 "$RF_DECOY_PID" 2>/dev/null; then
          case $(tr '\0' ' ' 2>/dev/null < "/proc/$RF_DECOY_PID/cmdline") in
            *ringfence-decoy-process* | '') say process-signals found "a process of the host can be signalled" ;;
          esac
        fi
        say process-signals safe

        for root in '' /proc/1/root "/proc/$RF_DECOY_PID/root"; do
          for socket in "$RF_ENGINE" /run/docker.sock /var/run/docker.sock /run/podman/podman.sock /run/user/*/podman/podman.sock /run/user/*/docker.sock /run/containerd/containerd.sock /run/crio/crio.sock; do
            [ -S "$root$socket" ] && [ -w "$root$socket" ] && say engine-socket found "$root$socket"
          done
        done
        case ${DOCKER_HOST-} in unix://*) [ -S "${DOCKER_HOST#unix://}" ] && say engine-socket found "$DOCKER_HOST" ;; esac
        grep -o '@.*\(docker\|containerd\|podman\|crio\).*' /proc/net/unix 2>/dev/null | head -n 1 | while read -r name; do say engine-socket found "$name"; done
        gateway=
        while read -r interface to through rest; do
          [ "$to" = 00000000 ] && gateway="$((0x${through#??????})).$((0x$(echo "$through" | cut -c5-6))).$((0x$(echo "$through" | cut -c3-4))).$((0x$(echo "$through" | cut -c1-2)))"
        done < /proc/net/route 2>/dev/null
        for host in 127.0.0.1 $gateway; do
          fetch "$host" 2375 | grep -q . && say engine-socket found "an answer at $host:2375"
        done
        say engine-socket safe

        for root in '' /proc/1/root "/proc/$RF_DECOY_PID/root"; do cat "$root$RF_KEEP_DECOY" 2>/dev/null; done | decoys keep | got keep-files "$RF_KEEP_DECOY"
        for file in keep/keep.key keep/ledger requester.key; do
          head -c 1 "$RF_STATE/$file" >/dev/null 2>&1 && say keep-files found "$RF_STATE/$file"
        done
        for root in '' /proc/1/root "/proc/$RF_DECOY_PID/root"; do
          for file in .ssh/id_ed25519 .aws/credentials .docker/config.json .config/token; do cat "$root$RF_HOME_DECOY/$file" 2>/dev/null; done
        done | decoys home | got home-files "$RF_HOME_DECOY"
        if [ -n "$RF_HOST_HOME" ] && [ "$RF_HOST_HOME" != "$HOME" ]; then
          for file in .ssh .aws .config .docker/config.json .netrc .npmrc .git-credentials .kube; do
            [ -r "$RF_HOST_HOME/$file" ] && say home-files found "$RF_HOST_HOME/$file"
          done
        fi

        if [ "$RF_KEYS" = 1 ]; then
          { cat /proc/keys; have keyctl && keyctl show @s; } 2>/dev/null | decoys key | got kernel-keys 'among the keys of the kernel'
        else say kernel-keys untried 'the check cannot plant one'
        fi

        if have curl || have bash || have nc || have wget; then
          for address in $RF_METADATA; do
            host=${address%/*}; [ "$host" = gateway ] && host=$gateway
            [ -n "$host" ] && fetch "$host" "${address##*/}" | grep -q . && say metadata found "something answers at $host"
          done
          say metadata safe
          for host in 127.0.0.1 $gateway; do fetch "$host" "$RF_LOOPBACK"; done | decoys net | got host-services 'at the loopback address'
          if [ -z "$RF_NEIGHBOUR" ]; then say other-job-port untried 'the other job has no program that listens'
          else { fetch "$RF_NEIGHBOUR" "$RF_PORT"; fetch 127.0.0.1 "$RF_PORT"; } | decoys port | got other-job-port "at $RF_NEIGHBOUR"
          fi
        else
          for probe in metadata host-services other-job-port; do say $probe untried 'neither curl, bash, nc nor wget is here'; done
        fi
        decoys abs < /proc/net/unix 2>/dev/null | got host-services 'an abstract socket'

        cat "$HOME"/ringfence-decoy-left-* /tmp/ringfence-decoy-left-* /var/tmp/ringfence-decoy-left-* /dev/shm/ringfence-decoy-left-* "$PWD"/ringfence-decoy-left-* 2>/dev/null | decoys left | got leftovers 'in a file'
        cat /proc/[0-9]*/environ 2>/dev/null | decoys left | got leftovers 'in a process that still runs'
        cat "$RF_NEIGHBOUR_HOME"/ringfence-decoy-job-* /tmp/ringfence-decoy-job-* /var/tmp/ringfence-decoy-job-* /dev/shm/ringfence-decoy-job-* 2>/dev/null | decoys job | got other-job 'in a file'
        cat /proc/[0-9]*/environ 2>/dev/null | decoys job | got other-job 'in /proc/*/environ'

        for file in /proc/sys/kernel/core_pattern /proc/sys/kernel/modprobe /proc/sys/fs/binfmt_misc/register /proc/sysrq-trigger /sys/kernel/uevent_helper /sys/kernel/mm/transparent_hugepage/enabled /sys/fs/cgroup/release_agent /sys/fs/cgroup/*/release_agent; do
          [ -e "$file" ] && (: >> "$file") 2>/dev/null && say system-writes found "$file"
        done
        [ "$RF_HOST_FILES" = 1 ] && for folder in /usr /etc /opt; do [ -w "$folder" ] && say system-writes found "$folder"; done
        # Some shells tell root that all can be written, so it is tried.
        (: > "$RF_TOOLS/ringfence-thief-$RF_TAG") 2>/dev/null && { rm -f "$RF_TOOLS/ringfence-thief-$RF_TAG"; say system-writes found "the folder of the agent"; }
        say system-writes safe

        folder=${TMPDIR:-/tmp}/ringfence-thief-$RF_TAG
        mkdir -p "$folder"
        if have mount; then
          mount -t tmpfs none "$folder" 2>/dev/null && { umount "$folder"; say mounts found 'a file system can be mounted'; }
          say mounts safe
        else
          say mounts untried 'the image has no mount'
        fi
        bytes() { [ "$(head -c 1 "$1" 2>/dev/null | wc -c)" -gt 0 ]; }
        tried=0
        for entry in /sys/class/block/*/dev; do
          [ -r "$entry" ] || continue
          tried=$((tried + 1)); [ $tried -gt 20 ] && break
          IFS=: read -r major minor < "$entry"
          mknod "$folder/device" b "$major" "$minor" 2>/dev/null && bytes "$folder/device" && say devices found "${entry%/dev}"
          rm -f "$folder/device"
        done
        for file in /dev/sd? /dev/vd? /dev/nvme?n? /dev/mem /dev/kmem /proc/kcore; do bytes "$file" && say devices found "$file"; done
        say devices safe
        rm -rf "$folder"

        if [ "$RF_HOST_FILES" != 1 ]; then say system-secrets untried 'the files are those of the image'
        elif have find; then
          find /etc /opt /usr/local/etc /var/lib /root -xdev -type f ! -perm -004 -size +0 2>/dev/null | head -n 2000 | while read -r file; do bytes "$file" && echo "$file"; done | head -n 3 | while read -r file; do say system-secrets found "$file"; done
          say system-secrets safe
        else
          say system-secrets untried 'there is no find'
        fi
        say done safe
        """;
}
