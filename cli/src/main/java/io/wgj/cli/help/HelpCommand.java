// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.help;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.Command;
import io.wgj.cli.command.CommandTable;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.HelpPage;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.SpecBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `help`: the list of commands, the page of one, or a topic.
///
/// @param commands of the program that was asked
public record HelpCommand(CommandTable commands) implements OwnCommand {
    @Override
    public String summary() {
        return "Lists the commands, or says more about one of them";
    }

    @Override
    public CommandSpec spec() {
        List<String> words = new ArrayList<>(commands.names());
        words.addAll(HelpTopics.NAMES);
        return SpecBuilder.of("help", this)
                .operand(Options.optional("[COMMAND | TOPIC]", "0", "a command, or FILE, or exit-codes", words))
                .exits(ExitCode.DONE, ExitCode.FAILED, ExitCode.MISUSED)
                .example("wgj-quick help FILE", "Describes every key of a configuration file")
                .build();
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) {
        if (arguments.operands().isEmpty()) {
            invocation.out().append(commands.overview(invocation));
            return ExitCode.DONE;
        }
        String word = arguments.operands().getFirst();
        Command command = commands.command(word);
        if (command != null) {
            invocation.out().append(HelpPage.of(invocation, command.spec()));
            return ExitCode.DONE;
        }
        Optional<String> topic = HelpTopics.find(invocation, word);
        if (topic.isPresent()) {
            invocation.out().append(topic.get());
            return ExitCode.DONE;
        }
        commands.complainOfUnknown(invocation, word);
        return ExitCode.MISUSED;
    }
}
