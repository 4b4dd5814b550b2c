/// The program's side of the local engine. [pilothouse.local.LocalRuntime] is what the rest sees;
/// [pilothouse.local.EngineProcess] starts and watches the engine's process, which
/// [pilothouse.local.EngineCommand] describes and [pilothouse.local.EngineControl] talks to;
/// [pilothouse.local.NativeLibraries] unpacks what it needs; [pilothouse.local.ModelLibrary] knows
/// the model files.
package pilothouse.local;
