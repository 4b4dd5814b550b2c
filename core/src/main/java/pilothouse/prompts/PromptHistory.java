package pilothouse.prompts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A prompt with all that was ever saved of it.
///
/// @param versions 1, 2, 3 ...
/// @param moves    of all its labels, by label, then in their order
public record PromptHistory(Prompt prompt, List<PromptVersion> versions, List<LabelMove> moves) {
    public PromptHistory {
        versions = List.copyOf(versions);
        moves = List.copyOf(moves);
    }

    /// Why this cannot be the history of a prompt; empty if it can.
    public Optional<String> flaw() {
        var hashes = new HashMap<Integer, VersionHash>();
        for (var version : versions) {
            if (!version.prompt().equals(prompt.id())) return Optional.of("version " + version.number() + " belongs to another prompt");
            if (version.number() != hashes.size() + 1) return Optional.of("version " + (hashes.size() + 1) + " is missing");
            if (!version.isIntact()) return Optional.of("version " + version.number() + " is not what its hash says");
            for (var parent : version.parents())
                if (!parent.hash().equals(hashes.get(parent.number())))
                    return Optional.of("version " + version.number() + " does not grow from version " + parent.number());
            hashes.put(version.number(), version.hash());
        }
        return flawOfLabels();
    }

    /// All of it but the texts, with [#flaw].
    public HistoryOutline outline() {
        return new HistoryOutline(prompt, versions.stream().map(version -> new HistoryOutline.Version(version.hash(), version.pins())).toList(), moves, flaw());
    }

    private Optional<String> flawOfLabels() {
        var newest = new HashMap<LabelName, LabelMove>();
        for (var move : moves) {
            var before = Optional.ofNullable(newest.put(move.label(), move));
            boolean follows = move.prompt().equals(prompt.id()) && move.move() == before.map(LabelMove::move).orElse(0) + 1
                    && move.from() == before.map(LabelMove::to).orElse(0) && move.to() >= 1 && move.to() <= versions.size();
            if (!follows) return Optional.of("the label " + move.label() + " has a move " + move.move() + " that cannot be");
        }
        return Optional.empty();
    }

    static Map<LabelName, List<LabelMove>> byLabel(List<LabelMove> moves) {
        return moves.stream().collect(java.util.stream.Collectors.groupingBy(LabelMove::label, java.util.TreeMap::new,
                java.util.stream.Collectors.toList()));
    }
}
