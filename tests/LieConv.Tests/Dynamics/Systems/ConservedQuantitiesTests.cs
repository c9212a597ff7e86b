using LieConv.Dynamics.Systems;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Systems;

[NoTensorLeaks]
public sealed class ConservedQuantitiesTests
{
    [Fact]
    public void Momenta_InThePlane_AreTheSumsByHand()
    {
        using var scope = NewDisposeScope();
        var state = RandomSystems.State([1, 2, 3, 4], [5, 6, 7, 8]);
        Assert.Equal([12, 14], ConservedQuantities.LinearMomentum(state).data<double>().ToArray());
        // 1·6 - 2·5 + 3·8 - 4·7
        Assert.Equal([-8], ConservedQuantities.AngularMomentum(state).data<double>().ToArray());
    }

    [Fact]
    public void AngularMomentum_InSpace_IsTheCrossProduct()
    {
        using var scope = NewDisposeScope();
        var state = tensor(new double[] { 1, 0, 0, 0, 1, 0 }, [2, 1, 3]);
        Assert.Equal([0, 0, 1], ConservedQuantities.AngularMomentum(state).data<double>().ToArray());
    }

    [Fact]
    public void Momenta_PaddedTrajectories_LeaveThePaddingOut()
    {
        using var scope = NewDisposeScope();
        var (state, systems) = RandomSystems.Padded(1);
        var trajectories = state.unsqueeze(1).expand(-1, 4, -1, -1, -1);
        var (linear, angular) = (ConservedQuantities.LinearMomentum(trajectories, systems.Mask),
            ConservedQuantities.AngularMomentum(trajectories, systems.Mask));
        Assert.Equal([2, 4, 2], linear.shape);
        Assert.True(linear[0, 2].allclose(state[0, 1, ..3].sum([0L])));
        Assert.True(angular.isfinite().all().item<bool>());
    }

    [Fact]
    public void Momenta_WrongShapes_SayWhatIsExpected()
    {
        using var scope = NewDisposeScope();
        var state = zeros(2, 2, 3, 4);
        Assert.Contains("2 and 3 dimensions, not for 4",
            Assert.Throws<ArgumentException>(() => ConservedQuantities.AngularMomentum(state)).Message, StringComparison.Ordinal);
        Assert.Contains("expected Bool of shape (..., 3)",
            Assert.Throws<ArgumentException>(() => ConservedQuantities.LinearMomentum(state, ones(2, 4))).Message, StringComparison.Ordinal);
        Assert.Contains("expected (..., 2, n, D)",
            Assert.Throws<ArgumentException>(() => ConservedQuantities.LinearMomentum(zeros(3, 4, 5))).Message, StringComparison.Ordinal);
    }
}
