package pilothouse.tokens;

import java.util.Arrays;

/// Growing list of ids, or only their number.
final class IdList {
    private final boolean counting;
    private int[] ids;
    private int size;

    private IdList(boolean counting, int capacity) {
        this.counting = counting;
        this.ids = new int[capacity];
    }

    static IdList keeping(int expected) {
        return new IdList(false, Math.max(16, expected));
    }

    static IdList counting() {
        return new IdList(true, 0);
    }

    void add(int id) {
        if (!counting) {
            grow(1);
            ids[size] = id;
        }
        size++;
    }

    void addAll(int[] more) {
        if (!counting) {
            grow(more.length);
            System.arraycopy(more, 0, ids, size, more.length);
        }
        size += more.length;
    }

    private void grow(int more) {
        if (size + more > ids.length) ids = Arrays.copyOf(ids, Math.max(size + more, ids.length * 2));
    }

    int size() {
        return size;
    }

    int[] toArray() {
        return Arrays.copyOf(ids, size);
    }
}
