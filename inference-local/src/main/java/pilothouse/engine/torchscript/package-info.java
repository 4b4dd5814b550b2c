/// Programs for libtorch, written by Java: [pilothouse.engine.torchscript.ScriptArchive] packs source
/// text into the format that libtorch loads, [pilothouse.engine.torchscript.TorchModule] runs it.
package pilothouse.engine.torchscript;
