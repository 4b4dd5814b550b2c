package pilothouse.app.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Values go with a variable that is renamed, and back with it when that is undone.
final class RenamedValues {
    private record Renaming(String from, String to) {}

    private final Map<String, Object> values;
    private final List<Renaming> renamings = new ArrayList<>();

    RenamedValues(Map<String, Object> values) {
        this.values = values;
    }

    void rename(String from, String to) {
        if (from.equals(to)) return;
        renamings.addFirst(new Renaming(from, to));
        move(from, to);
    }

    /// After the text was read: a value whose variable is gone belongs to the name that is there instead.
    void follow(Reading reading) {
        var names = reading.fields().stream().map(InputField::name).toList();
        for (var renaming : renamings) {
            if (names.contains(renaming.from()) && !names.contains(renaming.to())) move(renaming.to(), renaming.from());
            else if (names.contains(renaming.to()) && !names.contains(renaming.from())) move(renaming.from(), renaming.to());
        }
    }

    private void move(String from, String to) {
        if (!values.containsKey(from) || values.containsKey(to)) return;
        values.put(to, values.get(from));
        values.remove(from);
    }
}
