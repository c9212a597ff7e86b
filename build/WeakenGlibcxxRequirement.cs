using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace LieConv.Build;

/// <summary>
/// Marks one symbol-version requirement of an ELF shared library as weak, so that the loader warns instead of
/// refusing where the system's library lacks that version. See LieConv.NativeCompatibility.targets for why.
/// Source: System V gABI, "Symbol Versioning" in the Linux Standard Base Core specification, sections 10.7.1-10.7.6.
/// </summary>
public static class ElfVersionRequirement
{
    /// <summary>The version that TorchSharp's library names without needing it.</summary>
    public const string Glibcxx = "GLIBCXX_3.4.32";

    private const uint VersionNeedSection = 0x6ffffffe;   // SHT_GNU_verneed
    private const ushort WeakFlag = 0x2;                  // VER_FLG_WEAK

    /// <summary>What <see cref="Weaken"/> found and did.</summary>
    public enum Outcome
    {
        /// <summary>The file is no 64-bit little-endian ELF file, or it does not name the version.</summary>
        Absent,

        /// <summary>The requirement was weak already.</summary>
        AlreadyWeak,

        /// <summary>The requirement was strong and is weak now.</summary>
        Weakened,
    }

    /// <summary>Makes the requirement of <paramref name="version"/> weak in the file, atomically.</summary>
    public static Outcome Weaken(string path, string version)
    {
        var image = File.ReadAllBytes(path);
        var outcome = WeakenImage(image, version);
        if (outcome != Outcome.Weakened) return outcome;

        // A temporary file and a rename: a running process keeps the old file, and no half-written one is seen.
        var temporary = path + "." + Guid.NewGuid().ToString("N") + ".tmp";
        try
        {
            File.Copy(path, temporary);                   // keeps the permissions
            using (var stream = new FileStream(temporary, FileMode.Open, FileAccess.Write))
            {
                stream.Write(image, 0, image.Length);
                stream.Flush(true);
            }
            File.Delete(path);
            File.Move(temporary, path);
        }
        finally
        {
            if (File.Exists(temporary)) File.Delete(temporary);
        }
        return outcome;
    }

    /// <summary>Makes the requirement weak in the bytes of an ELF file.</summary>
    public static Outcome WeakenImage(byte[] image, string version)
    {
        if (!IsElf64LittleEndian(image)) return Outcome.Absent;
        foreach (var flags in FlagOffsets(image, version))
        {
            var value = BitConverter.ToUInt16(image, flags);
            if ((value & WeakFlag) != 0) return Outcome.AlreadyWeak;
            value |= WeakFlag;
            image[flags] = (byte)value;
            image[flags + 1] = (byte)(value >> 8);
            return Outcome.Weakened;
        }
        return Outcome.Absent;
    }

    private static bool IsElf64LittleEndian(byte[] image) =>
        image.Length >= 64 && image[0] == 0x7f && image[1] == 'E' && image[2] == 'L' && image[3] == 'F'
        && image[4] == 2 && image[5] == 1;

    /// <summary>Byte offsets of vna_flags of every auxiliary entry with that name.</summary>
    private static IEnumerable<int> FlagOffsets(byte[] image, string version)
    {
        var headers = (long)BitConverter.ToUInt64(image, 40);
        var headerSize = BitConverter.ToUInt16(image, 58);
        var headerCount = BitConverter.ToUInt16(image, 60);
        for (var i = 0; i < headerCount; i++)
        {
            var header = headers + (long)i * headerSize;
            if (!Fits(image, header, 64) || BitConverter.ToUInt32(image, (int)header + 4) != VersionNeedSection) continue;
            var strings = headers + (long)BitConverter.ToUInt32(image, (int)header + 40) * headerSize;   // sh_link
            if (!Fits(image, strings, 64)) continue;
            var names = (long)BitConverter.ToUInt64(image, (int)strings + 24);
            var need = (long)BitConverter.ToUInt64(image, (int)header + 24);
            var needCount = BitConverter.ToUInt32(image, (int)header + 44);                              // sh_info
            foreach (var offset in Walk(image, need, needCount, names, version)) yield return offset;
        }
    }

    /// <summary>Follows the linked lists of Verneed (one a library) and Vernaux (one a version).</summary>
    private static IEnumerable<int> Walk(byte[] image, long need, uint needCount, long names, string version)
    {
        for (uint n = 0; n < needCount && Fits(image, need, 16); n++)
        {
            var count = BitConverter.ToUInt16(image, (int)need + 2);
            var entry = need + BitConverter.ToUInt32(image, (int)need + 8);
            for (var e = 0; e < count && Fits(image, entry, 16); e++)
            {
                var name = names + BitConverter.ToUInt32(image, (int)entry + 8);
                if (NameIs(image, name, version)) yield return (int)entry + 4;
                var nextEntry = BitConverter.ToUInt32(image, (int)entry + 12);
                if (nextEntry == 0) break;
                entry += nextEntry;
            }
            var nextNeed = BitConverter.ToUInt32(image, (int)need + 12);
            if (nextNeed == 0) break;
            need += nextNeed;
        }
    }

    private static bool Fits(byte[] image, long offset, int length) => offset >= 0 && offset + length <= image.Length;

    private static bool NameIs(byte[] image, long offset, string version)
    {
        var expected = Encoding.ASCII.GetBytes(version + "\0");
        if (!Fits(image, offset, expected.Length)) return false;
        for (var i = 0; i < expected.Length; i++)
            if (image[offset + i] != expected[i]) return false;
        return true;
    }
}

#if !WITHOUT_MSBUILD
/// <summary>The MSBuild task around <see cref="ElfVersionRequirement"/>.</summary>
public sealed class WeakenGlibcxxRequirement : Microsoft.Build.Utilities.Task
{
    /// <summary>Copies of libLibTorchSharp.so.</summary>
    [Microsoft.Build.Framework.Required]
    public Microsoft.Build.Framework.ITaskItem[] Files { get; set; } = new Microsoft.Build.Framework.ITaskItem[0];

    /// <summary>Runs the task; files that need nothing are left untouched.</summary>
    public override bool Execute()
    {
        foreach (var file in Files)
        {
            var outcome = ElfVersionRequirement.Weaken(file.ItemSpec, ElfVersionRequirement.Glibcxx);
            if (outcome == ElfVersionRequirement.Outcome.Weakened)
                Log.LogMessage(Microsoft.Build.Framework.MessageImportance.Normal,
                    "{0}: the requirement of {1} is weak now.", file.ItemSpec, ElfVersionRequirement.Glibcxx);
        }
        return !Log.HasLoggedErrors;
    }
}
#endif
