/// Where generations happen. [pilothouse.runtime.InferenceRuntime] is the SPI that the local engine
/// and every connector implement; [pilothouse.runtime.Target] says which model on which server;
/// a [pilothouse.runtime.Generation] streams [pilothouse.runtime.GenerationEvent]s.
package pilothouse.runtime;
