// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The arrows of ARCHITECTURE.md, held against the compiled classes.
class ArchitectureTest {
    private static final List<String> MODULES =
            List.of("config", "netlink", "engine", "quick", "monitor", "diagnosis", "cli");
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // Maven hands us the modules' tests as folders or as jars, depending on the phase.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(MODULES.stream().map(module -> "io.wgj." + module).toArray(String[]::new));

    @Test
    void everyModuleIsHere() {
        Set<String> seen = new TreeSet<>();
        OURS.forEach(type -> seen.add(type.getPackageName().split("\\.", -1)[2]));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(MODULES);
    }

    @Test
    void modulesKnowOnlyWhatStandsToTheirLeft() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("config")
                .definedBy("io.wgj.config..")
                .layer("netlink")
                .definedBy("io.wgj.netlink..")
                .layer("engine")
                .definedBy("io.wgj.engine..")
                .layer("quick")
                .definedBy("io.wgj.quick..")
                .layer("monitor")
                .definedBy("io.wgj.monitor..")
                .layer("diagnosis")
                .definedBy("io.wgj.diagnosis..")
                .layer("cli")
                .definedBy("io.wgj.cli..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("monitor")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("diagnosis")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("quick")
                .mayOnlyBeAccessedByLayers("monitor", "diagnosis", "cli")
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("quick", "monitor", "diagnosis", "cli")
                .whereLayer("netlink")
                .mayOnlyBeAccessedByLayers("engine", "quick", "monitor", "diagnosis", "cli")
                .whereLayer("config")
                .mayOnlyBeAccessedByLayers("netlink", "engine", "quick", "monitor", "diagnosis", "cli")
                .check(OURS);
    }

    @Test
    void quickPlansWithoutTouchingTheSystem() {
        noClasses()
                .that()
                .resideInAnyPackage("io.wgj.quick.model..", "io.wgj.quick.plan..", "io.wgj.quick.text..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.wgj.engine..",
                        "io.wgj.netlink.sys..",
                        "io.wgj.netlink.transport..",
                        "java.nio.file..",
                        "java.net..")
                .check(OURS);
    }

    @Test
    void quickReadsModelBeforePlanTextAndJournalBeforeRun() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("model")
                .definedBy("io.wgj.quick.model")
                .layer("plan")
                .definedBy("io.wgj.quick.plan")
                .layer("text")
                .definedBy("io.wgj.quick.text")
                .layer("journal")
                .definedBy("io.wgj.quick.journal")
                .layer("run")
                .definedBy("io.wgj.quick.run")
                .whereLayer("run")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("journal")
                .mayOnlyBeAccessedByLayers("run")
                .whereLayer("text")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("plan")
                .mayOnlyBeAccessedByLayers("run")
                .check(OURS.that(resideInAPackage("io.wgj.quick..")));
    }

    @Test
    void configReadsTextBeforeKeysAndAddressesBeforeDevicesBeforeFiles() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("text")
                .definedBy("io.wgj.config.text")
                .layer("key")
                .definedBy("io.wgj.config.key")
                .layer("net")
                .definedBy("io.wgj.config.net")
                .layer("device")
                .definedBy("io.wgj.config.device")
                .layer("file")
                .definedBy("io.wgj.config.file")
                .whereLayer("file")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("device")
                .mayOnlyBeAccessedByLayers("file")
                .whereLayer("net")
                .mayOnlyBeAccessedByLayers("device", "file")
                .whereLayer("key")
                .mayOnlyBeAccessedByLayers("device", "file")
                .whereLayer("text")
                .mayOnlyBeAccessedByLayers("key", "net", "device", "file")
                .check(OURS.that(io()));
    }

    @Test
    void configHasNoInputOutputNoNamesService() {
        noClasses()
                .that()
                .resideInAPackage("io.wgj.config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.File")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.InputStream")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(OURS);
    }

    @Test
    void netlinkReadsNativeCallsBeforeTransportBeforeFamilies() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("sys")
                .definedBy("io.wgj.netlink.sys")
                .layer("codec")
                .definedBy("io.wgj.netlink.codec")
                .layer("transport")
                .definedBy("io.wgj.netlink.transport")
                .layer("generic")
                .definedBy("io.wgj.netlink.generic")
                .layer("wireguard")
                .definedBy("io.wgj.netlink.wireguard")
                .layer("route")
                .definedBy("io.wgj.netlink.route")
                .layer("nftables")
                .definedBy("io.wgj.netlink.nftables")
                .whereLayer("wireguard")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("route")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("nftables")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("generic")
                .mayOnlyBeAccessedByLayers("wireguard")
                .whereLayer("transport")
                .mayOnlyBeAccessedByLayers("generic", "wireguard", "route", "nftables")
                .whereLayer("codec")
                .mayOnlyBeAccessedByLayers("transport", "generic", "wireguard", "route", "nftables")
                .check(OURS.that(netlink()));
    }

    @Test
    void insideNetlinkOnlyTheWireGuardFamilyKnowsDevicesAndKeys() {
        noClasses()
                .that()
                .resideInAPackage("io.wgj.netlink..")
                .and()
                .resideOutsideOfPackage("io.wgj.netlink.wireguard..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.wgj.config..")
                        .and(not(resideInAnyPackage("io.wgj.config.net", "io.wgj.config.text"))))
                .check(OURS);
    }

    @Test
    void nativeCallsLiveInThreePackages() {
        noClasses()
                .that()
                // The C library's, libcrypto's, and those of jnr-unixsocket (docs/decisions/013-status-socket.md).
                .resideOutsideOfPackages("io.wgj.netlink.sys", "io.wgj.engine.crypto", "io.wgj.monitor.status")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.kenai.jffi..", "jnr..", "java.lang.foreign..")
                .check(OURS);
    }

    @Test
    void theEngineReadsProtocolBeforeTransportsBeforePathBeforeAssembly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("crypto")
                .definedBy("io.wgj.engine.crypto")
                .layer("allowed")
                .definedBy("io.wgj.engine.allowed")
                .layer("packet")
                .definedBy("io.wgj.engine.packet")
                .layer("noise")
                .definedBy("io.wgj.engine.noise")
                .layer("core")
                .definedBy("io.wgj.engine.core")
                .layer("io")
                .definedBy("io.wgj.engine.io")
                .layer("uapi")
                .definedBy("io.wgj.engine.uapi")
                .layer("run")
                .definedBy("io.wgj.engine.run")
                .layer("dispatch")
                .definedBy("io.wgj.engine.dispatch")
                .layer("path")
                .definedBy("io.wgj.engine.path")
                .layer("warmup")
                .definedBy("io.wgj.engine.warmup")
                .layer("assembly")
                .definedBy("io.wgj.engine")
                .whereLayer("assembly")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("warmup")
                .mayOnlyBeAccessedByLayers("assembly")
                .whereLayer("path")
                .mayOnlyBeAccessedByLayers("warmup", "assembly")
                .whereLayer("dispatch")
                .mayOnlyBeAccessedByLayers("path", "warmup", "assembly")
                .whereLayer("run")
                .mayOnlyBeAccessedByLayers("assembly")
                .whereLayer("uapi")
                .mayOnlyBeAccessedByLayers("run", "assembly")
                .whereLayer("io")
                .mayOnlyBeAccessedByLayers("dispatch", "path", "warmup", "assembly")
                .whereLayer("core")
                .mayOnlyBeAccessedByLayers("io", "path", "warmup", "assembly")
                .whereLayer("packet")
                .mayOnlyBeAccessedByLayers("io", "path", "warmup", "assembly")
                .whereLayer("noise")
                .mayOnlyBeAccessedByLayers("core", "path")
                .check(OURS.that(resideInAPackage("io.wgj.engine..")));
    }

    @Test
    void cryptographyAndRoutingKnowNothingElseOfOurs() {
        noClasses()
                .that()
                .resideInAPackage("io.wgj.engine.crypto")
                .should()
                .dependOnClassesThat(resideInAPackage("io.wgj..").and(not(resideInAPackage("io.wgj.engine.crypto"))))
                .check(OURS);
        noClasses()
                .that()
                .resideInAPackage("io.wgj.engine.allowed")
                .should()
                .dependOnClassesThat(resideInAPackage("io.wgj..").and(not(resideInAPackage("io.wgj.engine.allowed"))))
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.wgj.(*.*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void nothingIsCalledUtilHelperOrManager() {
        classes()
                .should()
                .haveNameNotMatching(".*(Util|Utils|Helper|Manager)(\\$.*)?")
                .check(OURS);
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        Set<String> silent = new TreeSet<>();
        OURS.forEach(type -> {
            if (!type.getPackage()
                    .tryGetAnnotationOfType("org.jspecify.annotations.NullMarked")
                    .isPresent()) {
                silent.add(type.getPackageName());
            }
        });
        assertThat(silent).as("packages without a null-marked package-info").isEmpty();
    }

    private static com.tngtech.archunit.base.DescribedPredicate<com.tngtech.archunit.core.domain.JavaClass> io() {
        return com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage("io.wgj.config..");
    }

    private static com.tngtech.archunit.base.DescribedPredicate<com.tngtech.archunit.core.domain.JavaClass> netlink() {
        return com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage("io.wgj.netlink..");
    }
}
