// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.qr;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;
import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.format.SoundFile;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.Host;
import io.wgj.cli.quick.FileKeys;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.text.Latin1;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `wgj qr FILE`: a client's configuration as a QR code, which WireGuard's apps scan.
public final class QrCommand implements OwnCommand {
    private static final String SVG = "--svg";
    private static final String PNG = "--png";
    private static final String FORCE = "--force";
    private static final String OUTPUT = "--output";

    /// `S_IRWXO` (linux/stat.h).
    private static final int S_IRWXO = 7;

    @Override
    public String summary() {
        return "Shows a client's configuration as a QR code, which WireGuard's apps scan";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("qr", this)
                .text("""
                    The code holds the private key: show it to no other person, and delete pictures of it after use. Keys
                    from PrivateKeyFile, PrivateKeyCommand and PresharedKeyFile are put in. Keys that the apps do not
                    know are left out, and a line says which.

                    On a terminal it has its own colours, so that dark and light terminals show the same. A file with
                    several peers is probably a server's: it is refused without --force.
                    """)
                .operand(Options.operand(Options.FILE, "a client's configuration file; - is standard input"))
                .option(Options.flag(SVG, "makes an SVG picture"))
                .option(Options.flag(PNG, "makes a PNG picture"))
                .option(Options.value(
                        "-o",
                        OUTPUT,
                        Options.FILE,
                        "writes to a new FILE with mode 0600 instead of standard output; never overwrites"))
                .option(Options.flag(FORCE, "takes a file with several peers, or with none"))
                .option(Options.quiet("prints no notes"))
                .exits(
                        ExitCode.DONE,
                        ExitCode.FAILED,
                        ExitCode.MISUSED,
                        ExitCode.INVALID,
                        ExitCode.NOT_PERMITTED,
                        ExitCode.NOT_FOUND)
                .example("wgj qr phone.conf", "Shows the code, to be scanned from the terminal")
                .example("wgj qr phone.conf --png -o phone.png", "Writes it as a picture that only its owner can read")
                .build();
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException {
        boolean png = arguments.has(PNG);
        boolean svg = arguments.has(SVG);
        if (png && svg) {
            throw new MisuseException(SVG + " and " + PNG + " do not go together");
        }
        Optional<String> output = arguments.text(OUTPUT);
        Host host = invocation.host();
        if (png && output.isEmpty() && host.stdoutIsTerminal()) {
            throw new MisuseException(PNG + ": a terminal shows no PNG; name a file with -o");
        }
        Invocation quiet = arguments.quiet() ? invocation.collecting(new ArrayList<>()) : invocation;
        QrImage image = image(quiet, arguments.operands().getFirst(), arguments.has(FORCE));
        String content = png ? image.png() : svg ? image.svg() : image.terminal();
        if (output.isPresent()) {
            write(invocation, output.get(), content);
            return ExitCode.DONE;
        }
        if (!png && !svg && isTooNarrow(host, image)) {
            throw refusal(ExitCode.FAILED, narrow(host, image));
        }
        int mode = host.stdoutMode();
        if ((mode & Host.S_IFMT) == Host.S_IFREG && (mode & S_IRWXO) != 0) {
            quiet.note("qr: others can read the file on standard output, and the code holds the private key; -o FILE"
                    + " writes one that they cannot read");
        }
        invocation.out().append(content);
        return ExitCode.DONE;
    }

    /// The code of a client's new file for the terminal; empty, with a note, when the terminal is too narrow.
    public static String ofClient(Invocation invocation, String path) throws RefusalException {
        QrImage image = image(invocation, path, false);
        if (isTooNarrow(invocation.host(), image)) {
            invocation.note("qr: " + narrow(invocation.host(), image) + "; then `wgj qr " + path + "'");
            return "";
        }
        return image.terminal();
    }

    private static boolean isTooNarrow(Host host, QrImage image) {
        return host.stdoutIsTerminal() && host.columns() > 0 && host.columns() < image.size();
    }

    private static String narrow(Host host, QrImage image) {
        return "the code needs " + image.size() + " columns, and the terminal has " + host.columns()
                + "; make it wider, or write a picture with --png -o FILE";
    }

    private static QrImage image(Invocation invocation, String word, boolean force) throws RefusalException {
        SoundFile sound = SoundFile.read(invocation, "qr", word);
        String path = sound.path();
        int peers = sound.file().peers().size();
        if (peers != 1 && !force) {
            throw refusal(
                    ExitCode.INVALID,
                    path + ": it has " + (peers == 0 ? "no peer" : peers + " peers")
                            + ", and a client has one, the server; give the client's file, or --force");
        }
        TunnelFile file = FileKeys.complete(invocation, "qr", path, sound.file());
        if (file.interfaceSection().privateKey().isEmpty()) {
            throw refusal(
                    ExitCode.INVALID,
                    path + ": [Interface] has no private key, and no app takes such a file; `wgj genkey' makes one");
        }
        AppConfig config = AppConfig.of(sound.lines(), file);
        if (!config.leftOut().isEmpty()) {
            invocation.note("qr: " + path + ": left out, because WireGuard's apps do not know it: "
                    + String.join(", ", config.leftOut()));
        }
        try {
            return new QrImage(QrCode.encodeBinary(Latin1.bytes(config.text()), QrCode.Ecc.LOW));
        } catch (DataTooLongException _) {
            throw refusal(
                    ExitCode.FAILED,
                    path + ": the configuration has " + config.text().length()
                            + " bytes, and a QR code holds 2953; shorten AllowedIPs, or copy the file");
        }
    }

    private static void write(Invocation invocation, String path, String content) throws RefusalException {
        try {
            invocation.host().quick().createNew(path, content);
        } catch (FileException failure) {
            throw refusal(
                    ExitCode.of(failure),
                    path + ": " + ErrorReport.sentence(failure.errno()) + "; nothing was written");
        }
    }

    private static RefusalException refusal(int code, String sentence) {
        return new RefusalException(code, List.of(), List.of("qr: " + sentence));
    }
}
