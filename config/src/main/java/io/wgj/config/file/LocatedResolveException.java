// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.net.ResolveException;

/// A name in a file that could not be turned into numbers, and where it stands.
public final class LocatedResolveException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Place place;
    private final ResolveException failure;

    /// @param failure what the resolver said
    public LocatedResolveException(Place place, ResolveException failure) {
        super(place + ": " + failure.reason(), failure);
        this.place = place;
        this.failure = failure;
    }

    /// Where the name is written.
    public Place place() {
        return place;
    }

    /// What the resolver said.
    public ResolveException failure() {
        return failure;
    }
}
