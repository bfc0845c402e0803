// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

/// Ends a look-up with a refusal.
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Refusal refusal;

    RefusedException(RouteError error, Refusal.Reason reason, String text) {
        super(text, null, false, false);
        this.refusal = new Refusal(error, reason, text);
    }

    Refusal refusal() {
        return refusal;
    }
}
