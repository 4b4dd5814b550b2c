/// Families of models: [pilothouse.engine.architectures.Architecture] is what one has to say of itself; one class a family.
package pilothouse.engine.architectures;
