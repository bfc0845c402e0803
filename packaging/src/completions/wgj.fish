# SPDX-License-Identifier: Apache-2.0
# Completion of wgj and wgj-quick. Starts no process: names come from sysfs and from /etc/wireguard, commands and options from
# the table below. fish has completions of its own for wg and wg-quick.

# Whether the command itself is being typed.
function __wgj_command
    set -l words (commandline -opc)
    test (count $words) -eq 1
end

# Whether the command is the first argument and, with a second one, whether that many operands stand before the cursor; with
# a third one, or more of them.
function __wgj_in
    set -l words (commandline -opc)
    test (count $words) -ge 2 -a "$words[2]" = $argv[1]
    or return 1
    set -q argv[2]
    or return 0
    set -l operands 0
    set -l is_value no
    for word in $words[3..-1]
        if test $is_value = yes
            set is_value no
        else if contains -- $word $__wgj_valued
            set is_value yes
        else if not string match -q -- '-?*' $word
            set operands (math $operands + 1)
        end
    end
    test $operands -eq $argv[2]
    and return 0
    set -q argv[3]
    and test $operands -gt $argv[2]
end

# Interfaces of WireGuard. The kernel's say what they are. An engine's is a TUN device, which has a socket; only root sees that
# folder. A name that wgj does not take for an interface is left out.
function __wgj_interfaces
    for device in /sys/class/net/*
        set -l name (string replace -r '.*/' '' -- $device)
        string match -q -r '^[a-zA-Z0-9_=+.-]{1,15}$' -- $name
        or continue
        if test -e $device/tun_flags
            test ! -x /var/run/wireguard -o -e /var/run/wireguard/$name.sock
            or continue
        else
            string match -q DEVTYPE=wireguard <$device/uevent 2>/dev/null
            or continue
        end
        echo $name
    end
end

# Tunnels of /etc/wireguard, then files.
function __wgj_tunnels
    for file in /etc/wireguard/*.conf
        string replace -r -f '^/etc/wireguard/([a-zA-Z0-9_=+.-]{1,15})\.conf$' '$1' -- $file
    end
    __fish_complete_suffix .conf
end

# The public keys of the peers in a tunnel's file.
function __wgj_peers
    string match -q -r '^[a-zA-Z0-9_=+.-]{1,15}$' -- $argv[1]
    and test -f /etc/wireguard/$argv[1].conf -a -r /etc/wireguard/$argv[1].conf
    and string replace -r -f -i '^\s*PublicKey\s*=\s*([a-z0-9+/]{43}=).*' '$1' </etc/wireguard/$argv[1].conf
end

# The words of `wg set': those of the interface, then peers with theirs. Files are offered by a condition of their own.
function __wgj_set
    set -l words (commandline -opc)
    switch $words[-1]
        case private-key preshared-key listen-port endpoint allowed-ips
        case peer
            __wgj_peers $words[3]
        case fwmark persistent-keepalive
            echo off
        case '*'
            if contains peer $words
                printf '%s\n' peer $__wgj_peer_words
            else
                printf '%s\n' $__wgj_interface_words
            end
    end
end

function __wgj_set_rest
    set -l words (commandline -opc)
    test (count $words) -ge 3 -a "$words[2]" = set
end

function __wgj_set_file
    set -l words (commandline -opc)
    __wgj_set_rest
    and contains -- $words[-1] private-key preshared-key
end

complete -c wgj -f
complete -c wgj-quick -f
complete -c wgj -n __wgj_set_rest -a '(__wgj_set)'
complete -c wgj -n __wgj_set_file -F
# generated: fish table
complete -c wgj -n '__wgj_command' -a show -d 'Prints what devices are and how their peers are doing'
complete -c wgj -n '__wgj_in show' -l json -f -a wg -d 'one JSON document, schema wgj/1, with errors as JSON on standard error'
complete -c wgj -n '__wgj_in show' -l secrets -d 'with the private and preshared keys, which JSON leaves out otherwise'
complete -c wgj -n '__wgj_in show' -l names -d 'with the names of peers'
complete -c wgj -n '__wgj_in show' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in show 0' -a 'all interfaces'
complete -c wgj -n '__wgj_in show 0' -k -a '(__wgj_interfaces)'
complete -c wgj -n '__wgj_in show 1' -a 'public-key private-key listen-port fwmark peers preshared-keys endpoints allowed-ips latest-handshakes transfer persistent-keepalive dump'
complete -c wgj -n '__wgj_command' -a showconf -d 'Prints a device as a file that setconf reads, with its secret keys'
complete -c wgj -n '__wgj_in showconf 0' -k -a '(__wgj_interfaces)'
complete -c wgj -n '__wgj_command' -a set -d 'Changes the settings and peers that are named, and nothing else'
complete -c wgj -n '__wgj_in set 0' -k -a '(__wgj_interfaces)'
complete -c wgj -n '__wgj_command' -a setconf -d 'Replaces a device\'s whole configuration with a file; running sessions end'
complete -c wgj -n '__wgj_in setconf' -l json -d 'FILE is a JSON document'
complete -c wgj -n '__wgj_in setconf' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in setconf 0' -k -a '(__wgj_interfaces)'
complete -c wgj -n '__wgj_in setconf 1' -F
complete -c wgj -n '__wgj_command' -a addconf -d 'Adds what a file says to a device'
complete -c wgj -n '__wgj_in addconf' -l json -d 'FILE is a JSON document'
complete -c wgj -n '__wgj_in addconf' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in addconf 0' -k -a '(__wgj_interfaces)'
complete -c wgj -n '__wgj_in addconf 1' -F
complete -c wgj -n '__wgj_command' -a syncconf -d 'Changes a device to what a file says, without disturbing the peers that stay'
complete -c wgj -n '__wgj_in syncconf' -l json -d 'FILE is a JSON document'
complete -c wgj -n '__wgj_in syncconf' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in syncconf 0' -k -a '(__wgj_interfaces)'
complete -c wgj -n '__wgj_in syncconf 1' -F
complete -c wgj -n '__wgj_command' -a genkey -d 'Prints a new private key'
complete -c wgj -n '__wgj_in genkey' -s o -l output -r -F -d 'writes the key to a new FILE with mode 0600 and prints the new file\'s public key'
complete -c wgj -n '__wgj_in genkey' -l json -d 'with -o: one JSON document'
complete -c wgj -n '__wgj_in genkey' -s q -l quiet -d 'with -o: prints errors only'
complete -c wgj -n '__wgj_in genkey' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_command' -a genpsk -d 'Prints a new preshared key'
complete -c wgj -n '__wgj_in genpsk' -s o -l output -r -F -d 'writes the key to a new FILE with mode 0600 and prints nothing'
complete -c wgj -n '__wgj_in genpsk' -l json -d 'with -o: one JSON document'
complete -c wgj -n '__wgj_in genpsk' -s q -l quiet -d 'with -o: prints errors only'
complete -c wgj -n '__wgj_in genpsk' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_command' -a pubkey -d 'Reads a private key and prints its public key'
complete -c wgj -n '__wgj_command' -a batch -d 'Runs many command lines in one process'
complete -c wgj -n '__wgj_in batch' -s k -l keep-going -d 'goes on after a line that failed'
complete -c wgj -n '__wgj_in batch' -l json -d 'one JSON object for each line'
complete -c wgj -n '__wgj_in batch' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in batch 0' -F
complete -c wgj -n '__wgj_command' -a check -d 'Finds mistakes and traps in configuration files'
complete -c wgj -n '__wgj_in check' -l network -d 'checks the files as the ends of one network'
complete -c wgj -n '__wgj_in check' -l strict -d 'ends with exit code 3 after warnings too'
complete -c wgj -n '__wgj_in check' -l explain -d 'says more about each CODE'
complete -c wgj -n '__wgj_in check' -l json -d 'one JSON document'
complete -c wgj -n '__wgj_in check' -s q -l quiet -d 'prints nothing but failures'
complete -c wgj -n '__wgj_in check' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in check 0 more' -F
complete -c wgj -n '__wgj_command' -a demo -d 'Shows a tunnel at work, in network namespaces of its own'
complete -c wgj -n '__wgj_in demo' -l engine -d 'runs wgj\'s own engine in any case'
complete -c wgj -n '__wgj_in demo' -s q -l quiet -d 'prints errors only'
complete -c wgj -n '__wgj_in demo' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_command' -a diff -d 'Prints what wgj syncconf would change, and changes nothing'
complete -c wgj -n '__wgj_in diff' -s u -l unified -d 'prints a unified diff'
complete -c wgj -n '__wgj_in diff' -l json -d 'one JSON document'
complete -c wgj -n '__wgj_in diff' -s q -l quiet -d 'prints errors only'
complete -c wgj -n '__wgj_in diff' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in diff 0' -k -a '(__wgj_interfaces)'
complete -c wgj -n '__wgj_in diff 1' -F
complete -c wgj -n '__wgj_command' -a doctor -d 'Decides why a tunnel does not work'
complete -c wgj -n '__wgj_in doctor' -l for -x -a '30s 60s 5m' -d 'how long to observe, such as 30s'
complete -c wgj -n '__wgj_in doctor' -l passive -d 'sends nothing'
complete -c wgj -n '__wgj_in doctor' -l probe -d 'sends two datagrams of four bytes to the port beside the endpoint\'s'
complete -c wgj -n '__wgj_in doctor' -s f -l far -r -F -d 'what wgj doctor --facts or wg show all dump prints at the far end'
complete -c wgj -n '__wgj_in doctor' -l facts -d 'prints what --far takes at the other end, without secrets, and ends'
complete -c wgj -n '__wgj_in doctor' -l json -d 'one JSON document'
complete -c wgj -n '__wgj_in doctor' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in doctor 0' -k -a '(__wgj_interfaces)'
complete -c wgj -n '__wgj_command' -a engine -d 'Runs WireGuard in userspace, where the kernel has none'
complete -c wgj -n '__wgj_in engine' -s f -l foreground -d 'stays in the foreground'
complete -c wgj -n '__wgj_in engine' -l stats -d 'prints what a running engine counts'
complete -c wgj -n '__wgj_in engine' -l log -x -a '30s 60s 5m' -d 'sets how much a running engine logs'
complete -c wgj -n '__wgj_in engine' -l json -d 'with --stats'
complete -c wgj -n '__wgj_in engine' -s q -l quiet -d 'logs nothing, as with LOG_LEVEL=silent'
complete -c wgj -n '__wgj_in engine' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in engine 0' -k -a '(__wgj_interfaces)'
complete -c wgj -n '__wgj_command' -a events -d 'Follows what happens to peers and interfaces, as JSON lines'
complete -c wgj -n '__wgj_in events' -s s -l since -x -a '30s 60s 5m' -d 'prints recent events first, from this time on'
complete -c wgj -n '__wgj_in events' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in events 0' -k -a '(__wgj_interfaces)'
complete -c wgj -n '__wgj_command' -a explain -d 'Explains which way a packet goes, and why not through the tunnel'
complete -c wgj -n '__wgj_in explain' -l file -d 'explains the configuration file of INTERFACE, as if it were up'
complete -c wgj -n '__wgj_in explain' -s 4 -l ipv4 -d 'explains the IPv4 address of a name only'
complete -c wgj -n '__wgj_in explain' -s 6 -l ipv6 -d 'explains the IPv6 address of a name only'
complete -c wgj -n '__wgj_in explain' -l json -d 'one JSON document'
complete -c wgj -n '__wgj_in explain' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in explain 0 more' -k -a '(__wgj_interfaces)'
complete -c wgj -n '__wgj_command' -a fmt -d 'Rewrites a configuration file in the canonical layout'
complete -c wgj -n '__wgj_in fmt' -l check -d 'changes nothing, prints the files whose layout would change, and exits with 6 when there are any'
complete -c wgj -n '__wgj_in fmt' -l diff -d 'changes nothing, and prints what would change as diff -u does, with secrets hidden'
complete -c wgj -n '__wgj_in fmt' -s q -l quiet -d 'prints errors only'
complete -c wgj -n '__wgj_in fmt' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in fmt 0 more' -F
complete -c wgj -n '__wgj_command' -a graph -d 'Draws the tunnels between hosts, from files and interfaces'
complete -c wgj -n '__wgj_in graph' -l svg -d 'makes an SVG picture, as without an option'
complete -c wgj -n '__wgj_in graph' -l dot -d 'prints the graph in Graphviz\' language'
complete -c wgj -n '__wgj_in graph' -l mermaid -d 'prints a Mermaid flowchart, which forges draw in Markdown'
complete -c wgj -n '__wgj_in graph' -s o -l output -r -F -d 'writes to FILE, whole or not at all, instead of standard output'
complete -c wgj -n '__wgj_in graph' -s q -l quiet -d 'prints no notes'
complete -c wgj -n '__wgj_in graph' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in graph 0 more' -k -a '(__wgj_interfaces)'
complete -c wgj -n '__wgj_command' -a help -d 'Lists the commands, or says more about one of them'
complete -c wgj -n '__wgj_in help' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in help 0' -a 'show showconf set setconf addconf syncconf genkey genpsk pubkey batch check demo diff doctor engine events explain fmt graph help monitor new qr schema status wait watch FILE exit-codes'
complete -c wgj -n '__wgj_command' -a monitor -d 'Watches which peers are up, and runs scripts when they come and go'
complete -c wgj -n '__wgj_in monitor' -s v -l verbose -d 'prints each handshake, too'
complete -c wgj -n '__wgj_in monitor' -l metrics -x -a '30s 60s 5m' -d 'serves metrics for Prometheus there, such as 127.0.0.1:9586 or [::1]:9586'
complete -c wgj -n '__wgj_in monitor' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in monitor 0 more' -k -a '(__wgj_interfaces)'
complete -c wgj -n '__wgj_command' -a new -d 'Writes the files of a server and its clients, or of sites, with new keys'
complete -c wgj -n '__wgj_in new' -s e -l endpoint -x -a '30s 60s 5m' -d 'server: the name or address that clients reach it by, with the port to listen on, 51820 without one'
complete -c wgj -n '__wgj_in new' -s n -l network -x -a '30s 60s 5m' -d 'the addresses inside the tunnel, such as 10.9.0.0/24,fd00:9::/64'
complete -c wgj -n '__wgj_in new' -s a -l allowed-ips -x -a '30s 60s 5m' -d 'what clients send through the tunnel'
complete -c wgj -n '__wgj_in new' -l dns -x -a '30s 60s 5m' -d 'the name servers of clients while the tunnel is up'
complete -c wgj -n '__wgj_in new' -s k -l keepalive -x -a '30s 60s 5m' -d 'how often clients send an empty packet, which keeps the way through NAT open'
complete -c wgj -n '__wgj_in new' -s i -l interface -x -a '30s 60s 5m' -d 'server: the name of its interface and file'
complete -c wgj -n '__wgj_in new' -s f -l add -r -F -d 'client: the server\'s file, which gets a section for each client'
complete -c wgj -n '__wgj_in new' -l preshared-keys -d 'a second secret for each pair of ends'
complete -c wgj -n '__wgj_in new' -l key-files -d 'private keys go into files of their own, NAME.key, which only wgj-quick reads'
complete -c wgj -n '__wgj_in new' -l qr -d 'prints each client\'s file as a QR code too'
complete -c wgj -n '__wgj_in new' -s d -l directory -x -a '30s 60s 5m' -d 'where the files go'
complete -c wgj -n '__wgj_in new' -l json -d 'one JSON document, without secrets'
complete -c wgj -n '__wgj_in new' -s q -l quiet -d 'prints errors only'
complete -c wgj -n '__wgj_in new' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in new 0' -a 'server client site'
complete -c wgj -n '__wgj_command' -a qr -d 'Shows a client\'s configuration as a QR code, which WireGuard\'s apps scan'
complete -c wgj -n '__wgj_in qr' -l svg -d 'makes an SVG picture'
complete -c wgj -n '__wgj_in qr' -l png -d 'makes a PNG picture'
complete -c wgj -n '__wgj_in qr' -s o -l output -r -F -d 'writes to a new FILE with mode 0600 instead of standard output'
complete -c wgj -n '__wgj_in qr' -l force -d 'takes a file with several peers, or with none'
complete -c wgj -n '__wgj_in qr' -s q -l quiet -d 'prints no notes'
complete -c wgj -n '__wgj_in qr' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in qr 0' -F
complete -c wgj -n '__wgj_command' -a schema -d 'Prints the JSON Schema of a document that a command prints'
complete -c wgj -n '__wgj_in schema' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in schema 0' -a 'batch check check-codes diff doctor engine error explain key-file new plan result show status tunnel-diff'
complete -c wgj -n '__wgj_command' -a status -d 'Prints which peers are up, from the monitor'
complete -c wgj -n '__wgj_in status' -l strict -d 'makes quiet and idle peers count as down for the exit code'
complete -c wgj -n '__wgj_in status' -l json -d 'one JSON document'
complete -c wgj -n '__wgj_in status' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in status 0' -k -a '(__wgj_interfaces)'
complete -c wgj -n '__wgj_command' -a wait -d 'Waits until every peer of an interface is up, or one of them'
complete -c wgj -n '__wgj_in wait' -s p -l peer -x -a '30s 60s 5m' -d 'one peer: its public key, or its name in the configuration file'
complete -c wgj -n '__wgj_in wait' -l timeout -x -a '30s 60s 5m' -d 'how long to wait, such as 30s'
complete -c wgj -n '__wgj_in wait' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in wait 0' -k -a '(__wgj_interfaces)'
complete -c wgj -n '__wgj_command' -a watch -d 'Shows peers live: rates, handshakes, states and endpoints'
complete -c wgj -n '__wgj_in watch' -l interval -x -a '30s 60s 5m' -d 'the time between two samples, such as 5s'
complete -c wgj -n '__wgj_in watch' -s n -l count -x -a '30s 60s 5m' -d 'ends after so many samples'
complete -c wgj -n '__wgj_in watch' -l lines -d 'prints lines on a terminal, too'
complete -c wgj -n '__wgj_in watch' -s h -l help -d 'prints this page'
complete -c wgj -n '__wgj_in watch 0' -k -a '(__wgj_interfaces)'
complete -c wgj-quick -n '__wgj_command' -a up -d 'Brings a tunnel up'
complete -c wgj-quick -n '__wgj_in up' -l confirm -x -a '30s 60s 5m' -d 'rolls back, with exit code 9, unless wgj-quick confirm INTERFACE follows within TIME, such as 60s'
complete -c wgj-quick -n '__wgj_in up' -l hook-timeout -x -a '30s 60s 5m' -d 'ends a hook that runs longer than TIME, such as 10s, which counts as its failure'
complete -c wgj-quick -n '__wgj_in up' -l idempotent -d 'succeeds when the interface is there already'
complete -c wgj-quick -n '__wgj_in up' -l many -d 'takes several FILEs one after the other, and stops at the first that fails'
complete -c wgj-quick -n '__wgj_in up' -l no-check -d 'leaves out the warnings of wgj check'
complete -c wgj-quick -n '__wgj_in up' -l strict -d 'refuses a FILE that others can change'
complete -c wgj-quick -n '__wgj_in up' -l json -d 'one JSON document'
complete -c wgj-quick -n '__wgj_in up' -s q -l quiet -d 'prints errors only'
complete -c wgj-quick -n '__wgj_in up' -s h -l help -d 'prints this page'
complete -c wgj-quick -n '__wgj_in up 0 more' -k -a '(__wgj_tunnels)'
complete -c wgj-quick -n '__wgj_command' -a down -d 'Takes a tunnel down'
complete -c wgj-quick -n '__wgj_in down' -l hook-timeout -x -a '30s 60s 5m' -d 'ends a hook that runs longer than TIME, such as 10s, which counts as its failure'
complete -c wgj-quick -n '__wgj_in down' -l idempotent -d 'succeeds when there is no such interface'
complete -c wgj-quick -n '__wgj_in down' -l from-journal -d 'takes INTERFACE instead of FILE and undoes the journal alone, without hooks'
complete -c wgj-quick -n '__wgj_in down' -l many -d 'takes several FILEs one after the other, and stops at the first that fails'
complete -c wgj-quick -n '__wgj_in down' -l strict -d 'refuses a FILE that others can change'
complete -c wgj-quick -n '__wgj_in down' -l json -d 'one JSON document'
complete -c wgj-quick -n '__wgj_in down' -s q -l quiet -d 'prints errors only'
complete -c wgj-quick -n '__wgj_in down' -s h -l help -d 'prints this page'
complete -c wgj-quick -n '__wgj_in down 0 more' -k -a '(__wgj_tunnels)'
complete -c wgj-quick -n '__wgj_command' -a save -d 'Writes what an interface is into its file'
complete -c wgj-quick -n '__wgj_in save' -l many -d 'takes several FILEs one after the other, and stops at the first that fails'
complete -c wgj-quick -n '__wgj_in save' -l json -d 'one JSON document'
complete -c wgj-quick -n '__wgj_in save' -s q -l quiet -d 'prints errors only'
complete -c wgj-quick -n '__wgj_in save' -s h -l help -d 'prints this page'
complete -c wgj-quick -n '__wgj_in save 0 more' -k -a '(__wgj_tunnels)'
complete -c wgj-quick -n '__wgj_command' -a strip -d 'Prints a file as wg setconf reads it'
complete -c wgj-quick -n '__wgj_in strip' -s i -l interface -x -a '(__wgj_interfaces)' -d 'the interface, when FILE is -, which has no name'
complete -c wgj-quick -n '__wgj_in strip' -l strict -d 'refuses a FILE that others can change'
complete -c wgj-quick -n '__wgj_in strip' -s q -l quiet -d 'prints errors only'
complete -c wgj-quick -n '__wgj_in strip' -s h -l help -d 'prints this page'
complete -c wgj-quick -n '__wgj_in strip 0' -k -a '(__wgj_tunnels)'
complete -c wgj-quick -n '__wgj_command' -a plan -d 'Prints what up, down or reload would do, and changes nothing'
complete -c wgj-quick -n '__wgj_in plan' -l check -d 'ends with exit code 6 when there is something to do'
complete -c wgj-quick -n '__wgj_in plan' -l no-dns -d 'leaves names as they are, instead of looking them up'
complete -c wgj-quick -n '__wgj_in plan' -l no-check -d 'leaves out the warnings of wgj check'
complete -c wgj-quick -n '__wgj_in plan' -l resolve -d 'for reload: looks up every name, as reload --resolve does'
complete -c wgj-quick -n '__wgj_in plan' -s i -l interface -x -a '(__wgj_interfaces)' -d 'the interface, when FILE is -, which has no name'
complete -c wgj-quick -n '__wgj_in plan' -l strict -d 'refuses a FILE that others can change'
complete -c wgj-quick -n '__wgj_in plan' -l json -d 'one JSON document'
complete -c wgj-quick -n '__wgj_in plan' -s q -l quiet -d 'prints errors only, for --check'
complete -c wgj-quick -n '__wgj_in plan' -s h -l help -d 'prints this page'
complete -c wgj-quick -n '__wgj_in plan 0' -a 'up down reload'
complete -c wgj-quick -n '__wgj_in plan 0' -k -a '(__wgj_tunnels)'
complete -c wgj-quick -n '__wgj_in plan 1' -k -a '(__wgj_tunnels)'
complete -c wgj-quick -n '__wgj_command' -a diff -d 'Compares a running tunnel with its file, and changes nothing'
complete -c wgj-quick -n '__wgj_in diff' -l no-dns -d 'leaves names as they are, instead of looking them up'
complete -c wgj-quick -n '__wgj_in diff' -l resolve -d 'looks up every name, as reload --resolve does'
complete -c wgj-quick -n '__wgj_in diff' -s i -l interface -x -a '(__wgj_interfaces)' -d 'the interface, when FILE is -, which has no name'
complete -c wgj-quick -n '__wgj_in diff' -l strict -d 'refuses a FILE that others can change'
complete -c wgj-quick -n '__wgj_in diff' -l json -d 'one JSON document'
complete -c wgj-quick -n '__wgj_in diff' -s q -l quiet -d 'prints errors only'
complete -c wgj-quick -n '__wgj_in diff' -s h -l help -d 'prints this page'
complete -c wgj-quick -n '__wgj_in diff 0' -k -a '(__wgj_tunnels)'
complete -c wgj-quick -n '__wgj_command' -a reload -d 'Changes a running tunnel to what its file says'
complete -c wgj-quick -n '__wgj_in reload' -l confirm -x -a '30s 60s 5m' -d 'rolls back, with exit code 9, unless wgj-quick confirm INTERFACE follows within TIME, such as 60s'
complete -c wgj-quick -n '__wgj_in reload' -l resolve -d 'looks up every name again, also of peers with a recent handshake'
complete -c wgj-quick -n '__wgj_in reload' -s i -l interface -x -a '(__wgj_interfaces)' -d 'the interface, when FILE is -, which has no name'
complete -c wgj-quick -n '__wgj_in reload' -l no-check -d 'leaves out the warnings of wgj check'
complete -c wgj-quick -n '__wgj_in reload' -l strict -d 'refuses a FILE that others can change'
complete -c wgj-quick -n '__wgj_in reload' -l json -d 'one JSON document that says what changed'
complete -c wgj-quick -n '__wgj_in reload' -s q -l quiet -d 'prints errors only'
complete -c wgj-quick -n '__wgj_in reload' -s h -l help -d 'prints this page'
complete -c wgj-quick -n '__wgj_in reload 0' -k -a '(__wgj_tunnels)'
complete -c wgj-quick -n '__wgj_command' -a confirm -d 'Keeps what up --confirm or reload --confirm did'
complete -c wgj-quick -n '__wgj_in confirm' -l json -d 'one JSON document'
complete -c wgj-quick -n '__wgj_in confirm' -s q -l quiet -d 'prints errors only'
complete -c wgj-quick -n '__wgj_in confirm' -s h -l help -d 'prints this page'
complete -c wgj-quick -n '__wgj_in confirm 0' -k -a '(__wgj_interfaces)'
complete -c wgj-quick -n '__wgj_command' -a help -d 'Lists the commands, or says more about one of them'
complete -c wgj-quick -n '__wgj_in help' -s h -l help -d 'prints this page'
complete -c wgj-quick -n '__wgj_in help 0' -a 'up down save strip plan diff reload confirm help FILE exit-codes'
set -g __wgj_valued --add --allowed-ips --confirm --count --directory --dns --endpoint --far --for --hook-timeout --interface --interval --keepalive --log --metrics --network --output --peer --since --timeout -a -d -e -f -i -k -n -o -p -s
set -g __wgj_interface_words listen-port fwmark private-key peer
set -g __wgj_peer_words remove preshared-key endpoint persistent-keepalive allowed-ips
# end generated
