package pilothouse.engine.architectures;

import java.util.List;
import java.util.stream.Collectors;
import pilothouse.engine.torchscript.ScriptArchive;
import pilothouse.engine.weights.KernelPlan;
import pilothouse.engine.weights.Placement;
import pilothouse.modelfiles.GgufFile;
import pilothouse.problems.ProblemException;

/// A family of models: how its files describe it, which tensors it needs, and its forward pass as TorchScript.
/// A new family is a class and a line in [#KNOWN].
///
/// Methods of the script, all with fp32 results, besides one `put_…` for each placement:
/// `prefill(ids, start, slot, all) -> [n or 1, vocabulary]`, `decode(ids, positions, slot, reach) -> [n, vocabulary]`,
/// `mixed(ids, positions, slots, n, reach) -> [n + 1, vocabulary]`: decode of the first `n` rows in slots 0 to n-1, and a
/// chunk of a prompt, whose last row counts. The cache: `reserve(slots, tokens)`, `resize(slots, tokens)`,
/// `copy_slot(source, target, tokens)`. Blocks of [ModelShape#BLOCK] tokens: `reserve_blocks(count)`,
/// `keep(slot, start, block, count)`, `recall(slot, start, block, count)`.
public interface Architecture {
    List<Architecture> KNOWN = List.of(new LlamaArchitecture());

    /// As `general.architecture` names it.
    String name();

    /// @throws ProblemException if a key is missing, out of range, or asks for something that is not supported
    ModelShape shape(GgufFile file);

    /// In the order in which they are loaded; layers in their order.
    List<Placement> placements(ModelShape shape, GgufFile file);

    ScriptArchive script(ModelShape shape, KernelPlan plan);

    /// @throws ProblemException if the file's architecture is not known
    static Architecture of(GgufFile file) {
        var name = file.architecture();
        return KNOWN.stream().filter(known -> known.name().equals(name)).findFirst()
                .orElseThrow(() -> new ProblemException("The model has the architecture " + name + ", which is not supported",
                        file.path().toString(), "Choose a model of the architecture "
                        + KNOWN.stream().map(Architecture::name).collect(Collectors.joining(", ")) + "."));
    }
}
