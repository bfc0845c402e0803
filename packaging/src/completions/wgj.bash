# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Completion of wgj and wgj-quick, and of wg and wg-quick where they are ours. Needs bash 4.4. Starts no process: names come
# from sysfs and from /etc/wireguard, commands and options from the table below.
#
# A name is offered only when it is one that wgj takes for an interface. bash inserts words as they are, so an interface
# or a file called `$(reboot)' would be run. `compgen -W' is not used for the same reason: it expands its words.

# Sets what comes after the words of $1, for the function that calls it: commands; options; values, pairs of an option
# and the kind of its value; operands, each a kind and words besides; repeats, when the last operand may be repeated.
# shellcheck disable=SC2034  # The callers have these variables.
__wgj_table() {
    case $1 in
        # generated: bash table
        wg)
            commands=(show showconf set setconf addconf syncconf genkey genpsk pubkey) ;;
        wgj)
            commands=(show showconf set setconf addconf syncconf genkey genpsk pubkey batch check demo diff doctor
                engine events explain fmt graph help monitor new qr schema status wait watch) ;;
        wg-quick)
            commands=(up down save strip) ;;
        wgj-quick)
            commands=(up down save strip plan diff reload confirm help) ;;
        'set words')
            commands=(listen-port fwmark private-key peer)
            options=(remove preshared-key endpoint persistent-keepalive allowed-ips)
            ;;
        'wgj show')
            options=(--json --json=wg --secrets --names -h --help)
            operands=('interface all interfaces'
                'word public-key private-key listen-port fwmark peers preshared-keys endpoints allowed-ips latest-handshakes transfer persistent-keepalive dump')
            ;;
        'wgj showconf')
            operands=(interface)
            ;;
        'wgj set')
            operands=(interface)
            ;;
        'wgj setconf')
            options=(--json -h --help)
            operands=(interface file)
            ;;
        'wgj addconf')
            options=(--json -h --help)
            operands=(interface file)
            ;;
        'wgj syncconf')
            options=(--json -h --help)
            operands=(interface file)
            ;;
        'wgj genkey')
            options=(-o --output --json -q --quiet -h --help)
            values=(-o file --output file)
            ;;
        'wgj genpsk')
            options=(-o --output --json -q --quiet -h --help)
            values=(-o file --output file)
            ;;
        'wgj pubkey')
            ;;
        'wgj batch')
            options=(-k --keep-going --json -h --help)
            operands=(file)
            ;;
        'wgj check')
            options=(--network --strict --explain --json -q --quiet -h --help)
            operands=(file)
            repeats=yes
            ;;
        'wgj demo')
            options=(--engine -q --quiet -h --help)
            ;;
        'wgj diff')
            options=(-u --unified --json -q --quiet -h --help)
            operands=(interface file)
            ;;
        'wgj doctor')
            options=(--for --passive --probe -f --far --facts --json -h --help)
            values=(--for time -f file --far file)
            operands=(interface word)
            ;;
        'wgj engine')
            options=(-f --foreground --stats --log --json -q --quiet -h --help)
            values=(--log word)
            operands=(interface)
            ;;
        'wgj events')
            options=(-s --since -h --help)
            values=(-s word --since word)
            operands=(interface)
            ;;
        'wgj explain')
            options=(--file -4 --ipv4 -6 --ipv6 --json -h --help)
            operands=(interface)
            repeats=yes
            ;;
        'wgj fmt')
            options=(--check --diff -q --quiet -h --help)
            operands=(file)
            repeats=yes
            ;;
        'wgj graph')
            options=(--svg --dot --mermaid -o --output -q --quiet -h --help)
            values=(-o file --output file)
            operands=(interface)
            repeats=yes
            ;;
        'wgj help')
            options=(-h --help)
            operands=(
                'word show showconf set setconf addconf syncconf genkey genpsk pubkey batch check demo diff doctor engine events explain fmt graph help monitor new qr schema status wait watch FILE exit-codes')
            ;;
        'wgj monitor')
            options=(-v --verbose --metrics -h --help)
            values=(--metrics word)
            operands=(interface)
            repeats=yes
            ;;
        'wgj new')
            options=(-e --endpoint -n --network -a --allowed-ips --dns -k --keepalive -i --interface -f --add
                --preshared-keys --key-files --qr -d --directory --json -q --quiet -h --help)
            values=(-e word --endpoint word -n word --network word -a word --allowed-ips word --dns word -k word
                --keepalive word -i word --interface word -f file --add file -d word --directory word)
            operands=('word server client site' word)
            repeats=yes
            ;;
        'wgj qr')
            options=(--svg --png -o --output --force -q --quiet -h --help)
            values=(-o file --output file)
            operands=(file)
            ;;
        'wgj schema')
            options=(-h --help)
            operands=(
                'word batch check check-codes diff doctor engine error explain key-file new plan result show status tunnel-diff')
            ;;
        'wgj status')
            options=(--strict --json -h --help)
            operands=(interface)
            ;;
        'wgj wait')
            options=(-p --peer --timeout -h --help)
            values=(-p word --peer word --timeout time)
            operands=(interface)
            ;;
        'wgj watch')
            options=(--interval -n --count --lines -h --help)
            values=(--interval time -n word --count word)
            operands=(interface)
            ;;
        'wgj-quick up')
            options=(--confirm --hook-timeout --idempotent --many --no-check --strict --json -q --quiet -h --help)
            values=(--confirm time --hook-timeout time)
            operands=(tunnel)
            repeats=yes
            ;;
        'wgj-quick down')
            options=(--hook-timeout --idempotent --from-journal --many --strict --json -q --quiet -h --help)
            values=(--hook-timeout time)
            operands=(tunnel)
            repeats=yes
            ;;
        'wgj-quick save')
            options=(--many --json -q --quiet -h --help)
            operands=(tunnel)
            repeats=yes
            ;;
        'wgj-quick strip')
            options=(-i --interface --strict -q --quiet -h --help)
            values=(-i interface --interface interface)
            operands=(tunnel)
            ;;
        'wgj-quick plan')
            options=(--check --no-dns --no-check --resolve -i --interface --strict --json -q --quiet -h --help)
            values=(-i interface --interface interface)
            operands=('tunnel up down reload' tunnel)
            ;;
        'wgj-quick diff')
            options=(--no-dns --resolve -i --interface --strict --json -q --quiet -h --help)
            values=(-i interface --interface interface)
            operands=(tunnel)
            ;;
        'wgj-quick reload')
            options=(--confirm --resolve -i --interface --no-check --strict --json -q --quiet -h --help)
            values=(--confirm time -i interface --interface interface)
            operands=(tunnel)
            ;;
        'wgj-quick confirm')
            options=(--json -q --quiet -h --help)
            operands=(interface)
            ;;
        'wgj-quick help')
            options=(-h --help)
            operands=('word up down save strip plan diff reload confirm help FILE exit-codes')
            ;;
        # end generated
        *) return 1 ;;
    esac
}

# Offers those of the given words that begin like the one that is being typed, without the part before the last = or :
# in it, which readline does not replace.
__wgj_offer() {
    local offered
    for offered; do
        [[ $offered != "$word"* ]] || COMPREPLY+=("${offered#"$kept"}")
    done
}

# Whether $1 can be the name of an interface for wgj.
__wgj_is_name() {
    [[ $1 =~ ^[a-zA-Z0-9_=+.-]{1,15}$ ]]
}

# Interfaces of WireGuard. The kernel's say what they are. An engine's is a TUN device, which has a socket; only root sees
# that folder.
__wgj_interfaces() {
    local path name line
    for path in /sys/class/net/*; do
        name=${path##*/}
        __wgj_is_name "$name" || continue
        if [[ -e $path/tun_flags ]]; then
            [[ ! -x /var/run/wireguard || -e /var/run/wireguard/$name.sock ]] || continue
        else
            line=
            while [[ $line != DEVTYPE=wireguard ]] && IFS= read -r line; do :; done 2>/dev/null <"$path/uevent"
            [[ $line == DEVTYPE=wireguard ]] || continue
        fi
        __wgj_offer "$name"
    done
}

# Tunnels of /etc/wireguard; when none fits, files and folders.
__wgj_tunnels() {
    local path name
    if [[ -r /etc/wireguard ]]; then
        for path in /etc/wireguard/*.conf; do
            name=${path##*/} name=${name%.conf}
            [[ ! -f $path ]] || ! __wgj_is_name "$name" || __wgj_offer "$name"
        done
    fi
    ((${#COMPREPLY[@]} == 0)) || return
    if [[ -z $kept && $word != *[\\\'\"\$\`~]* ]]; then
        for path in "$word"*.conf "$word"*/; do
            [[ ! -e $path ]] || COMPREPLY+=("${path%/}")
        done
        ((${#COMPREPLY[@]} == 0)) || compopt -o filenames 2>/dev/null
    fi
    # Quotes and the like are readline's own to complete.
    ((${#COMPREPLY[@]})) || __wgj_files
}

__wgj_files() {
    compopt -o default 2>/dev/null
}

# The public keys of the peers in a tunnel's file.
__wgj_peers() {
    local line
    __wgj_is_name "$1" && [[ -f /etc/wireguard/$1.conf && -r /etc/wireguard/$1.conf ]] || return 0
    while IFS= read -r line || [[ $line ]]; do
        if [[ $line =~ ^[[:space:]]*[Pp][Uu][Bb][Ll][Ii][Cc][Kk][Ee][Yy][[:space:]]*=[[:space:]]*([A-Za-z0-9+/]{43}=) ]]; then
            __wgj_offer "${BASH_REMATCH[1]}"
        fi
    done </etc/wireguard/"$1".conf
}

# Offers what a value of the kind $1 can be.
__wgj_kind() {
    case $1 in
        interface) __wgj_interfaces ;;
        tunnel) __wgj_tunnels ;;
        file) __wgj_files ;;
        time) __wgj_offer 30s 60s 5m ;;
    esac
}

# The words of `wg set': those of the interface, then peers with theirs.
__wgj_set() {
    local words_of_peers=no given
    for given in "${words[@]:3:${#words[@]}-4}"; do
        [[ $given != peer ]] || words_of_peers=yes
    done
    case ${words[-2]} in
        private-key | preshared-key) __wgj_files ;;
        peer) __wgj_peers "${words[2]}" ;;
        fwmark | persistent-keepalive) __wgj_offer off ;;
        listen-port | endpoint | allowed-ips) ;;
        *)
            __wgj_table 'set words'
            if [[ $words_of_peers == no ]]; then __wgj_offer "${commands[@]}"; else __wgj_offer peer "${options[@]}"; fi
            ;;
    esac
}

# Completes the last word of the command line of program $1.
__wgj_complete() {
    local program=$1 words=() word kept='' line=${COMP_LINE:0:COMP_POINT} part i breaks=
    # The words as they are typed: bash cuts them at = and : too.
    for ((i = 0; i <= COMP_CWORD; i++)); do
        part=${COMP_WORDS[i]}
        if ((i == 0)) || [[ $line == [[:space:]]* ]]; then
            line=${line#"${line%%[![:space:]]*}"}
            words+=('')
        fi
        # The cursor may stand within the last word.
        ((i < COMP_CWORD)) || part=$line
        words[-1]+=$part
        line=${line#"$part"}
    done
    ((${#words[@]} > 1)) || return 0
    word=${words[-1]}
    [[ $COMP_WORDBREAKS != *=* ]] || breaks+='='
    [[ $COMP_WORDBREAKS != *:* ]] || breaks+=':'
    [[ -z $breaks ]] || kept=${word%"${word##*["$breaks"]}"}

    local commands=() options=() values=() operands=() repeats=
    if ((${#words[@]} == 2)); then
        __wgj_table "$program" || return 0
        __wgj_offer "${commands[@]}"
        [[ $program != wgj* || $word != -* ]] || __wgj_offer --help --version
        return
    fi
    local command=${words[1]} original=
    case $program in
        wg | wg-quick)
            __wgj_table "$program"
            [[ " ${commands[*]} " == *" $command "* ]] || return 0
            original=yes program=wgj${program#wg}
            ;;
    esac
    if [[ $program:$command == wgj:set && ${#words[@]} -gt 3 ]]; then
        __wgj_set
        return
    fi
    __wgj_table "$program $command" || return 0
    [[ -z $original ]] || options=() values=()

    local expected='' operand=0 given
    for given in "${words[@]:2:${#words[@]}-3}"; do
        if [[ $expected ]]; then
            expected=
        elif [[ $given == -?* ]]; then
            for ((i = 0; i < ${#values[@]}; i += 2)); do
                [[ $given != "${values[i]}" ]] || expected=${values[i + 1]}
            done
        else
            operand=$((operand + 1))
        fi
    done
    if [[ $expected ]]; then
        __wgj_kind "$expected"
        return
    fi
    if [[ $word == -* ]]; then
        __wgj_offer "${options[@]}"
        for ((i = 0; i < ${#values[@]}; i += 2)); do
            # An option and its value in one word.
            if [[ $word == "${values[i]}="* && ${values[i + 1]} == time ]]; then
                __wgj_offer "${values[i]}="{30s,60s,5m}
            fi
        done
        return
    fi
    if ((operand >= ${#operands[@]})) && [[ $repeats ]]; then
        operand=$((${#operands[@]} - 1))
    fi
    if ((operand < ${#operands[@]})); then
        local kind
        read -ra words <<<"${operands[operand]}"
        kind=${words[0]}
        __wgj_offer "${words[@]:1}"
        __wgj_kind "$kind"
    fi
}

# Whatever options the user's shell has set, the functions above see the usual ones.
_wgj() {
    local - IFS=$' \t\n' failglob=
    set +o errexit +o nounset +o noglob +o xtrace +o posix
    if [[ :$BASHOPTS: == *:failglob:* ]]; then
        failglob=yes
        shopt -u failglob
    fi
    COMPREPLY=()
    __wgj_complete "${1##*/}"
    [[ -z $failglob ]] || shopt -s failglob
    return 0
}

complete -F _wgj wgj wgj-quick
# wgj-wg has links to this file under these names.
case ${BASH_SOURCE[0]##*/} in
    wg | wg-quick) complete -F _wgj wg wg-quick ;;
esac
