using LieConv.Datasets.Basics;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>Digits turned and shifted as the original does, in the set that it makes itself and in augmentation. Its
/// shifts are in half pixels.</summary>
public sealed class ImageMotionFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "F_rotmnist") || Named(name, "F_rotate_translate_aug");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        Tensor[] draws = [.. run.Names("rnd.").Order(StringComparer.Ordinal).Select(run.Array)];
        var angles = draws[0] * (2 * Math.PI);
        if (run.Has("out.rotated_0_255"))
        {
            var images = run.Array("in.img_0_255");
            if (images.dim() == 3) images = images.unsqueeze(1);
            var turned = ImageRotation.Rotate(images, angles).reshape(run.Reference("out.rotated_0_255").shape);
            run.Check("out.rotated_0_255", turned);
            run.Check("out.item", (turned.reshape(run.Reference("out.item").shape) - 0.5) / 0.25);
            run.Leave("out.flowgrid", "the grid that the images are sampled at, compared through them");
            return;
        }
        var reach = run.Config.Number("max_trans", 2) / 2;
        var shifts = stack([draws[1] * 2 - 1, draws[2] * 2 - 1], 1) * reach;
        run.Check("out.train", ImageRotation.Move(run.Array("in.img"), angles, shifts));
        run.CheckDerived("out.eval", run.Array("in.img"), run.Reference("out.eval"));
    }
}
