// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.cases;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The ids of the black-box cases (`A01`, `N06`, `V13`) that a test method, or all of a test class, pins. Tests
/// that run many cases from a table implement [CaseTable] instead.
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Case {
    /// Ids, each of which has its line in `docs/cases.md`.
    String[] value();
}
