// SPDX-License-Identifier: Apache-2.0
package io.wgj.it;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Hands a test a fresh [NetNamespace] for each parameter of that type and removes it after the test, failed or
/// not.
public final class NetNamespaces implements ParameterResolver {
    private static final Namespace STORE = Namespace.create(NetNamespaces.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == NetNamespace.class;
    }

    /// The store closes what it holds when the test's context ends.
    @Override
    public NetNamespace resolveParameter(ParameterContext parameter, ExtensionContext context) {
        NetNamespace namespace = NetNamespace.create();
        context.getStore(STORE).put(namespace.name(), namespace);
        return namespace;
    }
}
