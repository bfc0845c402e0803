// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an operator switched off where a kernel or a network card is broken. Everything is on unless said otherwise,
/// and used only where the kernel has it. How many threads carry packets is told in the same way, by
/// `WGJ_ENGINE_TX_QUEUES` and `WGJ_ENGINE_WORKERS` ([#setting]).
///
/// @param off in the order of [EngineFeature]
public record EngineFeatures(List<EngineFeature> off) {
    /// Nothing switched off.
    public static final EngineFeatures ALL_ON = allBut();

    public EngineFeatures {
        off = List.copyOf(off);
    }

    /// Everything on but these.
    public static EngineFeatures allBut(EngineFeature... off) {
        return new EngineFeatures(List.of(off));
    }

    /// As this process was told.
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

    /// Values by name; null for none.
    @FunctionalInterface
    interface Source {
        @Nullable
        String get(String name);
    }

    /// Whether this is not switched off.
    public boolean has(EngineFeature wanted) {
        return !off.contains(wanted);
    }

    /// What this process was told beyond switches, under `WGJ_ENGINE_` and `word` or the property of that name;
    /// null when nothing.
    public static @Nullable String setting(String word) {
        return value("WGJ_ENGINE_" + word, System::getProperty, System::getenv);
    }

    private static @Nullable String value(String variable, Source properties, Source environment) {
        String value = properties.get(variable.toLowerCase(Locale.ROOT).replace('_', '.'));
        return value == null ? environment.get(variable) : value;
    }
}
