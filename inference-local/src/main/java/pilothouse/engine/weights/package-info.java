/// How a model's matrices are kept and multiplied, and how they come there: [pilothouse.engine.weights.Kernel] is a way to keep
/// one, [pilothouse.engine.weights.KernelPlan] says which matrix is kept how, [pilothouse.engine.weights.Placement] which tensors
/// of a file make it, [pilothouse.engine.weights.WeightStream] carries them over.
package pilothouse.engine.weights;
