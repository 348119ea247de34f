namespace Ringfence.Config.Expressions;

/// <summary>Finds the value of a variable of an expression. It MUST give the same answer for the same name throughout one evaluation.</summary>
/// <param name="name">The whole dotted name, such as <c>pipeline.git.branch</c>.</param>
/// <param name="value">The value; <see cref="ExpressionValue.Undefined"/> when the variable exists but is unset.</param>
/// <returns>False when there is no such variable.</returns>
public delegate bool VariableLookup(string name, out ExpressionValue value);
