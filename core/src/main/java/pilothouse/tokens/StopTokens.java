package pilothouse.tokens;

import java.util.Set;
import java.util.TreeSet;

/// The ids that end an answer: the file's own, and control tokens whose text says so. Source of the texts:
/// llama.cpp's list of end-of-generation tokens.
final class StopTokens {
    private static final Set<String> TEXTS = Set.of("<|eot_id|>", "<|im_end|>", "<|end|>", "<|return|>", "<|call|>",
            "<end_of_turn>", "<|endoftext|>", "<|eom_id|>", "<EOT>", "[EOS]", "<|end_of_text|>", "<eos>", "</s>");

    private StopTokens() {}

    static Set<Integer> of(Vocabulary vocabulary) {
        var ids = new TreeSet<Integer>();
        vocabulary.eos().ifPresent(ids::add);
        vocabulary.eot().ifPresent(ids::add);
        var types = vocabulary.types();
        for (int id = 0; id < types.length; id++)
            if (types[id] == Vocabulary.CONTROL && TEXTS.contains(vocabulary.tokens().get(id))) ids.add(id);
        return Set.copyOf(ids);
    }
}
