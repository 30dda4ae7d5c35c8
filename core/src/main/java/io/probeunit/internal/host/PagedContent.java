package io.probeunit.internal.host;

import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A file whose parts are read only when they are needed: for its symbols and a function, only a few of many megabytes
 * cross a connection.
 *
 * <p>Single values come from pages, which are kept as long as there is memory, and read again otherwise. A reader that
 * continues after the last page gets more and more pages at once. A part larger than a page is read at once and not
 * kept here, because its reader keeps it.
 */
final class PagedContent implements FileContent {

    /** About what crosses a connection in the time that a question and its answer take anyway. */
    static final int PAGE = 1 << 16;

    private static final int MOST_AHEAD = 16;

    /** What the other side, and all that is between, must hold in memory. */
    private static final int MOST_AT_ONCE = 8 << 20;

    private final int limit;
    private final Source source;
    private final AtomicReferenceArray<SoftReference<ByteBuffer>> pages;
    private int next;
    private int ahead;

    /**
     * A file of which nothing is read yet.
     *
     * @param limit its size in bytes
     */
    PagedContent(int limit, Source source) {
        this.limit = limit;
        this.source = source;
        pages = new AtomicReferenceArray<>(number(limit + PAGE - 1L));
    }

    @Override
    public int limit() {
        return limit;
    }

    @Override
    public byte get(int at) {
        return page(number(at)).get(at % PAGE);
    }

    @Override
    public short getShort(int at) {
        return inOnePage(at, Short.BYTES)
                ? page(number(at)).getShort(at % PAGE)
                : slice(at, Short.BYTES).getShort(0);
    }

    @Override
    public int getInt(int at) {
        return inOnePage(at, Integer.BYTES)
                ? page(number(at)).getInt(at % PAGE)
                : slice(at, Integer.BYTES).getInt(0);
    }

    @Override
    public long getLong(int at) {
        return inOnePage(at, Long.BYTES)
                ? page(number(at)).getLong(at % PAGE)
                : slice(at, Long.BYTES).getLong(0);
    }

    @Override
    public void get(int at, byte[] to) {
        Objects.checkFromIndexSize(at, to.length, limit);
        boolean large = to.length > PAGE;
        for (int done = 0, some; done < to.length; done += some) {
            int from = at + done;
            some = Math.min(to.length - done, large ? MOST_AT_ONCE : PAGE - from % PAGE);
            if (large) {
                System.arraycopy(source.read(from, some), 0, to, done, some);
            } else {
                page(number(from)).get(from % PAGE, to, done, some);
            }
        }
    }

    @Override
    public FileContent slice(int at, int length) {
        Objects.checkFromIndexSize(at, length, limit);
        byte[] part = new byte[length];
        get(at, part);
        return FileContent.of(ByteBuffer.wrap(part));
    }

    private static int number(long at) {
        return (int) (at / PAGE);
    }

    private static boolean inOnePage(int at, int bytes) {
        return at % PAGE <= PAGE - bytes;
    }

    private ByteBuffer page(int number) {
        ByteBuffer page = kept(number);
        return page == null ? read(number) : page;
    }

    private ByteBuffer kept(int number) {
        SoftReference<ByteBuffer> page = pages.get(number);
        return page == null ? null : page.get();
    }

    /** One thread at a time: others mostly wait for the same. */
    private synchronized ByteBuffer read(int number) {
        ByteBuffer meanwhile = kept(number);
        if (meanwhile != null) {
            return meanwhile;
        }
        ahead = number == next ? Math.min(2 * ahead, MOST_AHEAD) : 1;
        int end = number + 1;
        while (end < pages.length() && end < number + ahead && kept(end) == null) {
            end++;
        }
        int from = number * PAGE;
        byte[] read = source.read(from, Math.min(limit - from, (end - number) * PAGE));
        for (int i = number; i < end; i++) {
            int at = i * PAGE - from;
            ByteBuffer page = ByteBuffer.wrap(read).slice(at, Math.min(PAGE, read.length - at));
            pages.set(i, new SoftReference<>(page.order(ByteOrder.LITTLE_ENDIAN)));
        }
        next = end;
        return ByteBuffer.wrap(read, 0, Math.min(PAGE, read.length)).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
