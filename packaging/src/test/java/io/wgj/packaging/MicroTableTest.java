// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `./bench micro` makes of its samples: the parts' best times in yardsticks, held against the record.
class MicroTableTest {
    private static final String MACHINE = "A processor, a Java";
    private static final String CUT = "TrainBenchmark.cut";
    private static final String SUM = "ChecksumBenchmark.sum 40";
    private static final String MAC = "HashBenchmark.mac";

    @TempDir
    private Path folder = Path.of(".");

    private final List<String> record = new ArrayList<>();
    private final List<String> samples = new ArrayList<>();
    private String table = "";
    private String complaint = "";

    @BeforeEach
    void aYardstickOfAThousandNanoseconds() {
        samples.add("1\tYardsticks.clock\t1100.000\t0.062");
        samples.add("1\tYardsticks.clock\t1000.000\t0.062");
    }

    private void measured(String name, double nanoseconds, double bytes) {
        samples.add("1\t" + name + "\t" + nanoseconds + "\t" + bytes);
    }

    private int make() throws Exception {
        Path recordFile = Files.write(folder.resolve("record"), record);
        Path sampleFile = Files.write(folder.resolve("samples"), samples);
        Path out = folder.resolve("out");
        Path errors = folder.resolve("errors");
        Process awk = new ProcessBuilder(
                        "awk",
                        "-f",
                        "bench/micro-table.awk",
                        "-v",
                        "machine=" + MACHINE,
                        "-v",
                        "suspects=" + folder.resolve("suspects"),
                        "-v",
                        "record=" + folder.resolve("anew"),
                        recordFile.toString(),
                        sampleFile.toString())
                .redirectOutput(out.toFile())
                .redirectError(errors.toFile())
                .start();
        int status = awk.waitFor();
        table = Files.readString(out, StandardCharsets.UTF_8);
        complaint = Files.readString(errors, StandardCharsets.UTF_8);
        return status;
    }

    private List<String> anew() throws Exception {
        return Files.readAllLines(folder.resolve("anew"));
    }

    @Test
    void aPartIsItsBestTimeInTheBestTimeOfItsYardstick() throws Exception {
        for (double time : new double[] {36, 30, 34, 32, 38}) {
            measured(CUT, time, 0.02);
        }
        assertThat(make()).isZero();
        assertThat(table)
                .contains(
                        "| cut a packet from 64 kB: headers, checksum | 30.0 | 34.0 ± 2.00 | 0.0300 × clock | – | – | 0 |");
        assertThat(table).contains("| 1,000 multiplications in a row | 1000 | 1050 ± 25.0 | 1 × clock | – | – | 0 |");
    }

    @ParameterizedTest(name = "{0} ns where 0.03 yardsticks are recorded")
    @CsvSource({"20, -33, 0", "30, 0, 0", "32, +7, 0", "45, +50, 1"})
    void aPartThatIsSlowerThanItsToleranceFails(double time, String change, int status) throws Exception {
        record.add("# " + MACHINE);
        record.add(CUT + "\t0.03");
        measured(CUT, time, 0);
        measured(CUT, 90, 0);
        assertThat(make()).isEqualTo(status);
        assertThat(table).contains("| 0.0300 | " + change + " % of ±");
        assertThat(complaint).matches(status == 0 ? "" : "(?s).*slower than recorded:\n  cut a packet.*\\+50 %.*");
    }

    @Test
    void aSlowerMachineIsNoSlowerPart() throws Exception {
        record.add(CUT + "\t0.03");
        samples.clear();
        samples.add("1\tYardsticks.clock\t3000\t0");
        measured(CUT, 90, 0);
        assertThat(make()).isZero();
        assertThat(table).contains("| 0 % of ±");
    }

    @Test
    void whatIsTooSlowIsNamedToBeMeasuredAgain() throws Exception {
        record.addAll(List.of(CUT + "\t0.03", SUM + "\t0.006", MAC + "\t0.7"));
        measured(CUT, 90, 0);
        measured(SUM, 12, 0);
        measured(MAC, 700, 336);
        assertThat(make()).isEqualTo(1);
        assertThat(folder.resolve("suspects")).hasContent("ChecksumBenchmark.sum$|TrainBenchmark.cut$");
    }

    @Test
    void whatMustNotAllocateFailsWhenItDoes() throws Exception {
        measured(SUM, 6, 24);
        measured(SUM, 6, 16.1);
        measured(MAC, 700, 336);
        assertThat(make()).isEqualTo(1);
        assertThat(complaint)
                .contains("micro: allocates:\n  sum over 40 bytes: 16 bytes")
                .doesNotContain("MAC");
    }

    @Test
    void whatIsCompiledInTheMeantimeMayHaveAllocatedBefore() throws Exception {
        measured(SUM, 60, 2_000);
        measured(SUM, 6, 0.3);
        assertThat(make()).isZero();
    }

    @Test
    void theRecordKeepsWhatWasNotMeasured() throws Exception {
        record.addAll(List.of("# another machine", CUT + "\t0.03000", MAC + "\t0.70000"));
        measured(CUT, 45, 0);
        make();
        assertThat(anew()).containsExactly("# " + MACHINE, CUT + "\t0.04500", MAC + "\t0.70000");
        assertThat(table).contains("The record is of another machine: another machine.");
    }

    @Test
    void aBenchmarkWithoutARowIsAnError() throws Exception {
        measured("NewBenchmark.thing", 1, 0);
        assertThat(make()).isEqualTo(1);
        assertThat(complaint).contains("NewBenchmark.thing has no row");
    }

    @Test
    void aPartWithoutItsYardstickIsAnError() throws Exception {
        samples.clear();
        measured(CUT, 30, 0);
        assertThat(make()).isEqualTo(1);
        assertThat(complaint).contains("nothing was measured of the yardstick clock");
    }

    @Test
    void everyLineOfOurRecordHasARowAndSaysWhatAnUnchangedPartTakes() throws Exception {
        samples.add("1\tYardsticks.hash\t1000\t0");
        samples.add("1\tYardsticks.memory\t1000\t0");
        for (String line : Files.readAllLines(Path.of("bench/micro-recorded.tsv"))) {
            record.add(line);
            String[] words = line.split("\t", -1);
            if (words.length == 2) {
                measured(words[0], Double.parseDouble(words[1]) * 1000, 0);
            }
        }
        assertThat(make()).as(complaint).isZero();
        assertThat(table.lines().filter(line -> line.contains("| 0 % of ±"))).hasSize(record.size() - 1);
    }
}
