using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Training.Learning;

/// <summary>Devices by name: cpu, cuda or cuda:N.</summary>
internal static class DeviceName
{
    /// <summary>The device of a name, whether or not this machine has it.</summary>
    public static bool TryParse(string name, out Device device)
    {
        device = CPU;
        if (name == "cpu") return true;
        var parts = name.Split(':');
        var index = 0;
        if (parts[0] != "cuda" || parts.Length > 2) return false;
        if (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)) return false;
        device = new Device(DeviceType.CUDA, index);
        return true;
    }

    /// <summary>The device of a name.</summary>
    /// <exception cref="ArgumentException">If the name is unknown or this machine has no such device.</exception>
    public static Device Open(string name)
    {
        if (!TryParse(name, out var device))
            throw new ArgumentException($"Device is '{name}'; expected cpu, cuda or cuda:N.");
        if (device.type == DeviceType.CUDA && (!cuda.is_available() || device.index >= cuda.device_count()))
            throw new ArgumentException($"Device '{name}' is not available to libtorch on this machine; try cpu.");
        return device;
    }
}
