package pilothouse.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import pilothouse.problems.Problem;
import pilothouse.store.IntegrityCheck;
import pilothouse.store.Transaction;

/// What prompts and labels know of their own rows, for the [IntegrityCheck]: versions have hashes, and
/// every row has a name.
public final class PromptIntegrity implements IntegrityCheck.Check {
    private static final String REMEDY = "Repair the store with `pilothouse store repair`";

    /// Versions whose hashes are not those of what they hold, parents that are not what their children say,
    /// numbers left out.
    @Override
    public List<Problem> damages(Transaction tx) throws Exception {
        var damages = new ArrayList<Problem>();
        for (var prompt : PromptRepository.saved(tx))
            try {
                damages(tx, prompt, damages);
            } catch (Exception e) { // a hash that is none, a time that is none: others may be whole
                damages.add(new Problem("Its versions cannot be read: " + Problem.of(e).what(), "prompt " + name(tx, prompt.toString()), REMEDY));
            }
        return List.copyOf(damages);
    }

    private static void damages(Transaction tx, UUID prompt, List<Problem> damages) throws Exception {
        PromptVersion before = null;
        for (var version : PromptRepository.versions(tx, prompt)) {
            boolean follows = version.number() == (before == null ? 1 : before.number() + 1);
            boolean grows = before == null ? version.parents().isEmpty()
                    : version.parents().equals(List.of(new PromptVersion.Parent(before.number(), before.hash())));
            if (!version.isIntact() || !follows || !grows)
                damages.add(new Problem("A saved version is not what was saved", "prompt " + name(tx, prompt.toString()) + " version "
                        + version.number(), REMEDY));
            before = version;
        }
    }

    @Override
    public Optional<String> subject(Transaction tx, String table, Map<String, String> row) throws Exception {
        return switch (table) {
            case "prompt" -> Optional.of("prompt " + row.get("name"));
            case "prompt_version" -> named(tx, row.get("prompt")).map(name -> "prompt " + name + " version " + row.get("number"));
            case "label_move" -> named(tx, row.get("prompt")).map(name -> "label " + row.get("label") + " of prompt " + name + ", move "
                    + row.get("move"));
            case "value_set" -> named(tx, row.get("prompt")).map(name -> "value set " + row.get("name") + " of prompt " + name);
            case "reference" -> named(tx, row.get("to_prompt")).map(name -> "the use of prompt " + name + " version " + row.get("to_version")
                    + " by " + row.get("from_kind") + " " + row.get("from_id"));
            default -> Optional.empty();
        };
    }

    private static String name(Transaction tx, String id) {
        try {
            return named(tx, id).orElse(id);
        } catch (Exception _) { // unreadable, and reported by its own row
            return id;
        }
    }

    private static Optional<String> named(Transaction tx, String id) throws Exception {
        return PromptRepository.name(tx, id);
    }
}
