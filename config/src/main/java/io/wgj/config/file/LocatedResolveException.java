// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.net.ResolveException;

/// A name in a file could not be resolved. It carries the place of the name.
public final class LocatedResolveException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Place place;
    private final ResolveException failure;

    /// @param failure the answer of the resolver
    public LocatedResolveException(Place place, ResolveException failure) {
        super(place + ": " + failure.reason(), failure);
        this.place = place;
        this.failure = failure;
    }

    /// The place of the name.
    public Place place() {
        return place;
    }

    /// The answer of the resolver.
    public ResolveException failure() {
        return failure;
    }
}
