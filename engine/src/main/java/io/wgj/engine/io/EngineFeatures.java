// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The features that the operator has left on. A feature is on unless it is switched off, and is used only
/// where the kernel has it. The number of threads is set the same way, by `WGJ_ENGINE_TX_QUEUES` and
/// `WGJ_ENGINE_WORKERS` ([#setting]).
///
/// @param off what is switched off, in the order of [EngineFeature]
public record EngineFeatures(List<EngineFeature> off) {
    /// Everything on.
    public static final EngineFeatures ALL_ON = allBut();

    public EngineFeatures {
        off = List.copyOf(off);
    }

    /// Everything on except these.
    public static EngineFeatures allBut(EngineFeature... off) {
        return new EngineFeatures(List.of(off));
    }

    /// The features of this process, from its properties and environment.
    public static EngineFeatures ofProcess() {
        return of(System::getProperty, System::getenv);
    }

    static EngineFeatures of(Source properties, Source environment) {
        List<EngineFeature> off = new ArrayList<>();
        for (EngineFeature each : EngineFeature.values()) {
            String value =
                    properties.get(each.variable().toLowerCase(Locale.ROOT).replace('_', '.'));
            if (value == null) {
                value = environment.get(each.variable());
            }
            if ("0".equals(value)) {
                off.add(each);
            }
        }
        return new EngineFeatures(off);
    }

    /// Looks up a value by its name; null for none.
    @FunctionalInterface
    interface Source {
        @Nullable
        String get(String name);
    }

    /// Whether a feature is on.
    public boolean has(EngineFeature wanted) {
        return !off.contains(wanted);
    }

    /// Another setting of this process: the value of `WGJ_ENGINE_` and `word`, or of the property with that
    /// name. Null for none.
    public static @Nullable String setting(String word) {
        return value("WGJ_ENGINE_" + word, System::getProperty, System::getenv);
    }

    private static @Nullable String value(String variable, Source properties, Source environment) {
        String value = properties.get(variable.toLowerCase(Locale.ROOT).replace('_', '.'));
        return value == null ? environment.get(variable) : value;
    }
}
