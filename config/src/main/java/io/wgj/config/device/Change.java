// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// What to do with one setting: keep it, erase it or set it. "Not mentioned" and "erase" are different values.
///
/// Code acts on it through [#ifMentioned], [#map] and [#orElse].
public sealed interface Change<T> {
    /// Leave the setting unchanged.
    static <T> Change<T> keep() {
        @SuppressWarnings("unchecked") // Holds no T.
        Change<T> keep = (Change<T>) Keep.INSTANCE;
        return keep;
    }

    /// Erase the setting: no key, no mark, keepalive off, a port of the device's choice.
    static <T> Change<T> clear() {
        @SuppressWarnings("unchecked") // Holds no T.
        Change<T> clear = (Change<T>) Clear.INSTANCE;
        return clear;
    }

    /// Set the setting to this value.
    static <T> Change<T> set(T value) {
        return new Set<>(value);
    }

    /// Whether the setting is mentioned at all.
    boolean isMentioned();

    /// The value to set; empty for [Keep] and [Clear].
    Optional<T> value();

    /// Passes the new value to `action`, and `erased` for [Clear]. Does nothing for [Keep].
    void ifMentioned(T erased, Consumer<? super T> action);

    /// The same change of another type.
    <R> Change<R> map(Function<? super T, R> function);

    /// This change if it mentions the setting, else `other`.
    default Change<T> orElse(Change<T> other) {
        return isMentioned() ? this : other;
    }

    /// Not mentioned.
    record Keep<T>() implements Change<T> {
        private static final Keep<?> INSTANCE = new Keep<>();

        @Override
        public boolean isMentioned() {
            return false;
        }

        @Override
        public Optional<T> value() {
            return Optional.empty();
        }

        @Override
        public void ifMentioned(T erased, Consumer<? super T> action) {}

        @Override
        public <R> Change<R> map(Function<? super T, R> function) {
            return keep();
        }
    }

    /// To be erased.
    record Clear<T>() implements Change<T> {
        private static final Clear<?> INSTANCE = new Clear<>();

        @Override
        public boolean isMentioned() {
            return true;
        }

        @Override
        public Optional<T> value() {
            return Optional.empty();
        }

        @Override
        public void ifMentioned(T erased, Consumer<? super T> action) {
            action.accept(erased);
        }

        @Override
        public <R> Change<R> map(Function<? super T, R> function) {
            return clear();
        }
    }

    /// To be set to `newValue`.
    record Set<T>(T newValue) implements Change<T> {
        @Override
        public boolean isMentioned() {
            return true;
        }

        @Override
        public Optional<T> value() {
            return Optional.of(newValue);
        }

        @Override
        public void ifMentioned(T erased, Consumer<? super T> action) {
            action.accept(newValue);
        }

        @Override
        public <R> Change<R> map(Function<? super T, R> function) {
            return new Set<>(function.apply(newValue));
        }
    }
}
