// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.json.DeviceJsonReader;
import io.wgj.cli.json.ErrorJson;
import io.wgj.config.device.DeviceDiff;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.file.LocatedResolveException;
import io.wgj.config.file.Problem;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.net.DeviceName;
import java.util.ArrayList;
import java.util.List;

/// `wgj setconf|addconf|syncconf INTERFACE --json FILE`: the document is read to its end, and its names are looked
/// up, before the device is touched.
///
/// @param name which of the three
public record JsonConf(Invocation invocation, String name) {
    private static final String ADDCONF = "addconf";
    private static final String SYNCCONF = "syncconf";

    /// Runs the command; the exit code.
    int run(List<String> operands) throws MisuseException, RefusalException {
        if (operands.size() != 2) {
            throw new MisuseException("the operands are INTERFACE and FILE");
        }
        DeviceName device = Options.linkName(operands.getFirst());
        DeviceJsonReader.Result read = read(device, operands.getLast());
        TunnelFile file = content(read, operands.getLast(), name.equals(ADDCONF));
        return apply(device, resolve(file));
    }

    private DeviceJsonReader.Result read(DeviceName device, String path) throws RefusalException {
        return DeviceJsonReader.read(path, ConfFile.textOrRefusal(invocation.host(), path), device);
    }

    /// The device that the document describes.
    ///
    /// @param path to show in messages
    /// @param adds whether a private key that the document does not have stays
    public static TunnelFile content(DeviceJsonReader.Result read, String path, boolean adds) throws RefusalException {
        if (read.content().isEmpty()) {
            List<String> sentences = new ArrayList<>();
            for (Problem problem : read.problems()) {
                sentences.add(ErrorReport.sentence(problem));
            }
            throw new RefusalException(ExitCode.INVALID, List.of(), sentences).withProblems(read.problems());
        }
        if (read.lacksPrivateKey() && !adds) {
            throw new RefusalException(
                    ExitCode.INVALID,
                    List.of(),
                    List.of(path + ": it has a publicKey and no privateKey, so the device would lose its key; make it"
                            + " with `show --json --secrets'"));
        }
        return read.content().get();
    }

    private DeviceUpdate resolve(TunnelFile file) throws RefusalException {
        EndpointResolver resolver = new EndpointResolver(invocation.host());
        if (file.hasEndpoint()) {
            resolver.checkRetries();
        }
        try {
            return name.equals(ADDCONF) ? file.adding(resolver) : file.replacing(resolver);
        } catch (LocatedResolveException unknown) {
            throw new RefusalException(
                    ExitCode.FAILED,
                    List.of(),
                    List.of(unknown.place() + ": `" + unknown.failure().text() + "': "
                            + EndpointResolver.explain(unknown.failure())));
        }
    }

    private int apply(DeviceName name, DeviceUpdate update) {
        try (WireGuardDevice device = invocation.host().devices().openToWrite(name)) {
            Changes.send(
                    invocation, device, this.name.equals(SYNCCONF) ? DeviceDiff.sync(device.read(), update) : update);
            return ExitCode.DONE;
        } catch (DeviceException failure) {
            DeviceException examined = invocation.host().devices().examine(name, failure);
            invocation
                    .host()
                    .err(ErrorJson.of(
                            ExitCode.of(examined),
                            "cannot change " + name + ": " + ErrorReport.explain(examined),
                            name,
                            examined.errno(),
                            ErrorReport.sentence(examined)));
            return ExitCode.of(examined);
        }
    }
}
