// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness.sim;

/// A message on its way, or several data messages of one size sent at once.
///
/// @param handshake of an initiation and the response to it; of data, the session's
/// @param size      bytes of one message
/// @param inner     what data carries; [Inner#KEEPALIVE] for keepalives and the messages of handshakes
record Message(Kind kind, int handshake, int size, int count, Inner inner) {
    enum Kind {
        INITIATION,
        RESPONSE,
        DATA
    }

    /// What the inner host does with data.
    ///
    /// @param answer the size of what it sends back; 0 for nothing
    record Inner(Type type, int answer) {
        enum Type {
            KEEPALIVE,
            TRAFFIC,
            PROBE,
            PROBE_ANSWER
        }

        static final Inner KEEPALIVE = new Inner(Type.KEEPALIVE, 0);
        static final Inner PROBE = new Inner(Type.PROBE, Node.PACKET);
        static final Inner PROBE_ANSWER = new Inner(Type.PROBE_ANSWER, 0);

        static Inner traffic(int answer) {
            return new Inner(Type.TRAFFIC, answer);
        }

        boolean isData() {
            return type != Type.KEEPALIVE;
        }
    }

    Message some(int number) {
        return new Message(kind, handshake, size, number, inner);
    }

    int bytes() {
        return size * count;
    }
}
