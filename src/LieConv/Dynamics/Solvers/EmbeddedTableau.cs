namespace LieConv.Dynamics.Solvers;

/// <summary>
/// An explicit Runge-Kutta method that estimates its error and gives the state in the middle of a step. Its last stage
/// is the first of the next step, and its row of coefficients the weights of the result.
/// </summary>
/// <param name="Nodes">The c_i.</param>
/// <param name="Stages">The a_ij, one row for each stage; the first is empty, the last holds the weights.</param>
/// <param name="Error">Weights of the result minus those of the embedded method.</param>
/// <param name="Middle">Weights of the state in the middle of the step.</param>
/// <param name="Order">Order of the result.</param>
internal sealed record EmbeddedTableau(
    double[] Nodes, double[][] Stages, double[] Error, double[] Middle, int Order);
