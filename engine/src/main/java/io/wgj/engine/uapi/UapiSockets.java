// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;
import io.wgj.config.net.DeviceName;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UnixStream;
import java.util.ArrayList;
import java.util.List;

/// The folder of the sockets of userspace devices, `NAME.sock` for the device NAME. A socket counts when a
/// process may be listening; a dead one is removed, as `wg` does.
///
/// All network namespaces of a mount namespace share the folder: a socket found here does not show where its
/// interface is.
public final class UapiSockets {
    /// Where `wg` and every server look.
    public static final String DEFAULT_FOLDER = "/var/run/wireguard";

    private static final String SUFFIX = ".sock";

    private final String folder;

    /// The sockets in [#DEFAULT_FOLDER].
    public UapiSockets() {
        this(DEFAULT_FOLDER);
    }

    /// The sockets in `folder`, a path whose chars are its bytes.
    public UapiSockets(String folder) {
        this.folder = folder;
    }

    /// The path of the device's socket, whether or not it exists.
    public String pathOf(DeviceName name) {
        return folder + "/" + name.text() + SUFFIX;
    }

    /// The device behind [#pathOf]. Whether it exists shows when it is used.
    public UapiDevice open(DeviceName name) {
        return new UapiDevice(name, pathOf(name));
    }

    /// Whether the name has a socket that does not refuse connections. A failure of another kind, such as a
    /// lack of permission, counts as a device: the real access will show it. A name with a `/` never has one.
    public boolean exists(DeviceName name) {
        return name.text().indexOf('/') < 0 && answers(pathOf(name));
    }

    /// Whether this user may read the folder.
    public boolean areVisible() {
        try {
            NativeFile.list(folder);
            return true;
        } catch (SystemException e) {
            return e.errno().is(Errno.ENOENT);
        }
    }

    /// The names of all devices that [#exists], in the order of the file system. A missing folder has none.
    ///
    /// @throws DeviceException when the folder cannot be read
    public List<DeviceName> list() throws DeviceException {
        List<DeviceName> devices = new ArrayList<>();
        List<String> entries = entries();
        for (int i = 0; i < entries.size(); i++) {
            String entry = entries.get(i);
            int length = entry.length() - SUFFIX.length();
            if (length > 0 && entry.endsWith(SUFFIX) && answers(folder + "/" + entry)) {
                devices.add(new DeviceName(entry.substring(0, length)));
            }
        }
        return devices;
    }

    /// The names of all sockets in the folder, whether or not a process listens. A missing folder has none.
    ///
    /// @throws DeviceException when the folder cannot be read
    public List<String> names() throws DeviceException {
        List<String> names = new ArrayList<>();
        for (String entry : entries()) {
            int length = entry.length() - SUFFIX.length();
            if (length > 0 && entry.endsWith(SUFFIX)) {
                names.add(entry.substring(0, length));
            }
        }
        return names;
    }

    private List<String> entries() throws DeviceException {
        try {
            return NativeFile.list(folder);
        } catch (SystemException e) {
            if (e.errno().is(Errno.ENOENT)) {
                return List.of();
            }
            throw UapiErrors.of(e.errno().number(), e.operation() + " " + folder);
        }
    }

    private boolean answers(String path) {
        try {
            if (!NativeFile.status(path).isSocket()) {
                return false;
            }
        } catch (SystemException _) {
            return false;
        }
        try (UnixStream _ = UnixStream.connect(path)) {
            return true;
        } catch (SystemException e) {
            if (!e.errno().is(Errno.ECONNREFUSED)) {
                return true;
            }
            SocketFile.removeDead(folder, path);
            return false;
        }
    }
}
