/// Model files, validated before anything is allocated, read through a memory mapping; no native code.
///
/// Read [GgufFile] first, then [Metadata] and [TensorEntry]; [Blocks] and [FourBitBlocks] turn stored blocks into
/// numbers; [MemoryEstimate] says from the header alone what loading will take.
package pilothouse.modelfiles;
