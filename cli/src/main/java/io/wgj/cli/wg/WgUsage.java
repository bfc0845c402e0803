// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

/// The usage lines of the nine words. The synopses are what scripts and people compare; the sentences are ours.
public final class WgUsage {
    /// What `wg help` lists, in its order, each with a sentence.
    private static final String[][] COMMANDS = {
        {"show", "Prints what devices are and how their peers are doing"},
        {"showconf", "Prints a device as a file that setconf reads"},
        {"set", "Changes the settings and peers that are named"},
        {"setconf", "Makes a device what a file says"},
        {"addconf", "Adds what a file says to a device"},
        {"syncconf", "Makes a device what a file says without disturbing the peers that stay"},
        {"genkey", "Writes a new private key"},
        {"genpsk", "Writes a new preshared key"},
        {"pubkey", "Reads a private key and writes its public key"},
    };

    private WgUsage() {}

    /// The list of all commands.
    static String all(String program) {
        StringBuilder out = new StringBuilder(640);
        out.append("Usage: ").append(program).append(" <cmd> [<args>]\n\nAvailable subcommands:\n");
        for (String[] command : COMMANDS) {
            out.append("  ").append(command[0]).append(": ").append(command[1]).append('\n');
        }
        return out.append("Give `--help' to a subcommand to see how it is used.\n")
                .toString();
    }

    /// One command's line, newline included.
    static String of(String program, String command) {
        String arguments = synopsis(command);
        return "Usage: " + program + " " + command + (arguments.isEmpty() ? "" : " ") + arguments + "\n";
    }

    /// What follows the command's name; empty for the commands that take no words.
    public static String synopsis(String command) {
        return switch (command) {
            case "show" ->
                "{ <interface> | all | interfaces } [public-key | private-key | listen-port | fwmark | peers"
                        + " | preshared-keys | endpoints | allowed-ips | latest-handshakes | transfer"
                        + " | persistent-keepalive | dump]";
            case "showconf" -> "<interface>";
            case "set" ->
                "<interface> [listen-port <port>] [fwmark <mark>] [private-key <file path>]"
                        + " [peer <base64 public key> [remove] [preshared-key <file path>] [endpoint <ip>:<port>]"
                        + " [persistent-keepalive <interval seconds>]"
                        + " [allowed-ips [+|-]<ip1>/<cidr1>[,[+|-]<ip2>/<cidr2>]...] ]...";
            case "setconf", "addconf", "syncconf" -> "<interface> <configuration filename>";
            default -> "";
        };
    }
}
