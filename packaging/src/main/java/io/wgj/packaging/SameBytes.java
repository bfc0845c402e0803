// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/// Makes a class archive whose bytes depend on the dump's inputs alone, from several dumps of the same inputs.
///
/// Dumps of JDK 25 differ in the clock of archived soft references (milliseconds, in the heap region) and in the
/// two checksums that cover it. These words are set to 0 and the checksums computed anew; the JVM accepts the
/// result. Seldom, and only on slow machines, a dump has entries in another order: the order that most dumps
/// share is taken. An archive with another header, or with other differences, is refused, because nothing is
/// known about it.
final class SameBytes {
    /// What the header of a static archive begins with, in JDK 25.0.3 and 25.0.5.
    private static final int MAGIC = 0xF00BABA2;
    private static final int VERSION = 19;
    private static final int HEADER_BYTES = 984;

    private static final int CHECKSUM = 4;
    private static final int CHECKED = 16;
    /// The header's entry about the heap region: its checksum, and where its place and its size stand.
    private static final int HEAP_CHECKSUM = 312;
    private static final int HEAP_OFFSET = HEAP_CHECKSUM + 24;
    private static final int HEAP_BYTES = HEAP_CHECKSUM + 40;

    /// Every archive seen so far had 8 to 31 such words.
    private static final int MOST_CLOCK_WORDS = 200;

    private final byte[] bytes;
    private final int heap;
    private final int heapEnd;

    private SameBytes(byte[] bytes) throws Refusal {
        this.bytes = bytes;
        if (bytes.length < HEADER_BYTES) {
            throw new Refusal("not a class archive: it has " + bytes.length + " bytes");
        }
        int magic = words().getInt(0);
        int version = words().getInt(8);
        int header = words().getInt(12);
        if (magic != MAGIC || version != VERSION || header != HEADER_BYTES) {
            throw new Refusal(String.format(
                    "an unknown kind of class archive (magic %x, version %d, header %d bytes; known is %x, %d, %d);"
                            + " compare its layout with that of JDK 25 before changing SameBytes",
                    magic, version, header, MAGIC, VERSION, HEADER_BYTES));
        }
        long start = words().getLong(HEAP_OFFSET);
        long size = words().getLong(HEAP_BYTES);
        if (start < HEADER_BYTES || size < 0 || start > bytes.length || size > bytes.length - start) {
            throw new Refusal("the heap region is not inside the class archive");
        }
        heap = (int) start;
        heapEnd = (int) (start + size);
        if (words().getInt(HEAP_CHECKSUM) != checksum(heap, heapEnd)
                || words().getInt(CHECKSUM) != checksum(CHECKED, HEADER_BYTES)) {
            throw new Refusal("the class archive's checksums are not where they should be, or it is damaged");
        }
    }

    /// Ends the process with 1 after a refusal.
    ///
    /// @param words of the command line: the archive to write, and three or more dumps
    public static void main(String[] words) throws IOException {
        if (words.length < 4) {
            System.err.println("usage: SameBytes OUT DUMP DUMP DUMP...");
            System.exit(2);
        }
        List<byte[]> dumps = new ArrayList<>();
        for (String name : Arrays.asList(words).subList(1, words.length)) {
            dumps.add(Files.readAllBytes(Path.of(name)));
        }
        try {
            Files.write(Path.of(words[0]), of(dumps));
        } catch (Refusal refusal) {
            System.err.println("SameBytes: " + words[1] + ": " + refusal.getMessage());
            System.exit(1);
        }
    }

    static byte[] of(List<byte[]> dumps) throws Refusal {
        List<SameBytes> archives = new ArrayList<>();
        for (byte[] dump : dumps) {
            archives.add(new SameBytes(dump.clone()));
        }
        List<SameBytes> alike = mostAlike(archives);
        if (alike.size() < 2 || alike.size() * 2 <= archives.size()) {
            throw new Refusal(
                    "of " + archives.size() + " dumps, only " + alike.size() + " are alike; make more of them");
        }
        SameBytes first = alike.getFirst();
        List<Integer> clock = first.wordsThatDiffer(alike);
        if (clock.size() > MOST_CLOCK_WORDS) {
            throw new Refusal(clock.size() + " words differ between the dumps: more than soft references can explain");
        }
        for (SameBytes archive : alike) {
            archive.stopTheClock(clock);
            if (!Arrays.equals(archive.bytes, first.bytes)) {
                throw new Refusal("the dumps differ outside of the heap region");
            }
        }
        return first.bytes;
    }

    /// The largest group of archives that agree everywhere outside of the heap region and the two checksums.
    private static List<SameBytes> mostAlike(List<SameBytes> archives) {
        Map<ByteBuffer, List<SameBytes>> groups = new HashMap<>();
        for (SameBytes archive : archives) {
            groups.computeIfAbsent(archive.withoutTheHeap(), _ -> new ArrayList<>())
                    .add(archive);
        }
        Collection<List<SameBytes>> all = groups.values();
        return Collections.max(all, Comparator.comparingInt(List::size));
    }

    private ByteBuffer withoutTheHeap() {
        byte[] rest = new byte[bytes.length - (heapEnd - heap)];
        System.arraycopy(bytes, 0, rest, 0, heap);
        System.arraycopy(bytes, heapEnd, rest, heap, bytes.length - heapEnd);
        return words(rest).putInt(CHECKSUM, 0).putInt(HEAP_CHECKSUM, 0);
    }

    private List<Integer> wordsThatDiffer(List<SameBytes> others) {
        List<Integer> places = new ArrayList<>();
        for (int place = heap; place + Long.BYTES <= heapEnd; place += Long.BYTES) {
            for (SameBytes other : others) {
                if (words().getLong(place) != other.words().getLong(place)) {
                    places.add(place);
                    break;
                }
            }
        }
        return places;
    }

    private void stopTheClock(List<Integer> places) {
        for (int place : places) {
            words().putLong(place, 0);
        }
        words().putInt(HEAP_CHECKSUM, checksum(heap, heapEnd));
        words().putInt(CHECKSUM, checksum(CHECKED, HEADER_BYTES));
    }

    private int checksum(int from, int to) {
        CRC32 sum = new CRC32();
        sum.update(bytes, from, to - from);
        return (int) sum.getValue();
    }

    private ByteBuffer words() {
        return words(bytes);
    }

    private static ByteBuffer words(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Why no archive is made: a sentence.
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        Refusal(String sentence) {
            super(sentence);
        }
    }
}
