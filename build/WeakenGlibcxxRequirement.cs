#if !WITHOUT_MSBUILD   // inside the repository's projects these are implicit
using System;
using System.Collections.Generic;
using System.IO;
#endif
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

    private const int ElfHeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const int EntrySize = 16;                     // of Verneed and of Vernaux
    private const uint VersionNeedSection = 0x6ffffffe;   // SHT_GNU_verneed
    private const ushort WeakFlag = 0x2;                  // VER_FLG_WEAK

    /// <summary>How a file requires the version, or what was done about it.</summary>
    public enum Outcome
    {
        /// <summary>The file is no 64-bit little-endian ELF file, or it does not name the version.</summary>
        Absent,

        /// <summary>Every requirement of the version is weak (and was weak before).</summary>
        AlreadyWeak,

        /// <summary>A requirement was strong and is weak now.</summary>
        Weakened,

        /// <summary>A requirement is strong: the loader refuses the file where the version is missing.</summary>
        Strong,
    }

    /// <summary>Says how the bytes of a file require <paramref name="version"/>: absent, weak or strong.</summary>
    public static Outcome Inspect(byte[] image, string version)
    {
        var outcome = Outcome.Absent;
        foreach (var flags in FlagOffsets(image, version))
        {
            if ((BitConverter.ToUInt16(image, flags) & WeakFlag) == 0) return Outcome.Strong;
            outcome = Outcome.AlreadyWeak;
        }
        return outcome;
    }

    /// <summary>
    /// Makes the requirement of <paramref name="version"/> weak in the file: complete or not at all, and a process that
    /// has the file loaded keeps the old one. Permissions and time of last change stay, so that an incremental build
    /// sees an up-to-date copy and leaves it alone.
    /// </summary>
    public static Outcome Weaken(string path, string version)
    {
        var image = File.ReadAllBytes(path);
        var outcome = WeakenImage(image, version);
        if (outcome != Outcome.Weakened) return outcome;

        var temporary = path + "." + Guid.NewGuid().ToString("N") + ".tmp";
        try
        {
            File.Copy(path, temporary);                   // keeps the permissions
            using (var stream = new FileStream(temporary, FileMode.Open, FileAccess.Write))
            {
                stream.Write(image, 0, image.Length);
                stream.Flush(true);
            }
            File.SetLastWriteTimeUtc(temporary, File.GetLastWriteTimeUtc(path));
            File.Replace(temporary, path, null);          // one rename: at no time is the file missing
        }
        finally
        {
            if (File.Exists(temporary)) File.Delete(temporary);
        }
        return outcome;
    }

    /// <summary>Makes every requirement of the version weak in the bytes of an ELF file; other bytes stay.</summary>
    public static Outcome WeakenImage(byte[] image, string version)
    {
        var outcome = Outcome.Absent;
        foreach (var flags in FlagOffsets(image, version))
        {
            if (outcome == Outcome.Absent) outcome = Outcome.AlreadyWeak;
            if ((BitConverter.ToUInt16(image, flags) & WeakFlag) != 0) continue;
            image[flags] |= (byte)WeakFlag;               // little-endian: the flag is in the first byte
            outcome = Outcome.Weakened;
        }
        return outcome;
    }

    private static bool IsElf64LittleEndian(byte[] image) =>
        image.Length >= ElfHeaderSize && image[0] == 0x7f && image[1] == 'E' && image[2] == 'L' && image[3] == 'F'
        && image[4] == 2 && image[5] == 1;

    /// <summary>Byte offsets of vna_flags of every auxiliary entry with that name.</summary>
    private static List<int> FlagOffsets(byte[] image, string version)
    {
        var found = new List<int>();
        if (!IsElf64LittleEndian(image)) return found;
        var headers = BitConverter.ToInt64(image, 40);
        var headerSize = BitConverter.ToUInt16(image, 58);
        var headerCount = BitConverter.ToUInt16(image, 60);
        if (headerSize < SectionHeaderSize) return found;
        for (var i = 0; i < headerCount; i++)
        {
            if (!TrySection(image, headers, headerSize, (uint)i, out var header)) break;
            if (BitConverter.ToUInt32(image, header + 4) != VersionNeedSection) continue;
            if (!TrySection(image, headers, headerSize, BitConverter.ToUInt32(image, header + 40), out var strings))
                continue;                                                                    // sh_link
            var names = BitConverter.ToInt64(image, strings + 24);
            var need = BitConverter.ToInt64(image, header + 24);
            var needCount = BitConverter.ToUInt32(image, header + 44);                       // sh_info
            Walk(image, need, needCount, names, Encoding.ASCII.GetBytes(version + "\0"), found);
            break;                                        // a file has one such section
        }
        return found;
    }

    /// <summary>Follows the linked lists of Verneed (one a library) and Vernaux (one a version).</summary>
    private static void Walk(byte[] image, long need, uint needCount, long names, byte[] version, List<int> found)
    {
        for (uint n = 0; n < needCount && Fits(image, need, EntrySize); n++)
        {
            var count = BitConverter.ToUInt16(image, (int)need + 2);
            var entry = need + BitConverter.ToUInt32(image, (int)need + 8);
            for (var e = 0; e < count && Fits(image, entry, EntrySize); e++)
            {
                var name = BitConverter.ToUInt32(image, (int)entry + 8);
                if (IsAt(image, names, name, version)) found.Add((int)entry + 4);
                var nextEntry = BitConverter.ToUInt32(image, (int)entry + 12);
                if (nextEntry == 0) break;
                entry += nextEntry;
            }
            var nextNeed = BitConverter.ToUInt32(image, (int)need + 12);
            if (nextNeed == 0) break;
            need += nextNeed;
        }
    }

    private static bool TrySection(byte[] image, long headers, ushort size, uint index, out int header)
    {
        header = 0;
        if (headers < 0 || headers > image.Length) return false;
        var offset = headers + (long)index * size;
        if (!Fits(image, offset, SectionHeaderSize)) return false;
        header = (int)offset;
        return true;
    }

    // Subtracting on the side of the length: an offset near the largest long must not wrap around.
    private static bool Fits(byte[] image, long offset, int length) => offset >= 0 && offset <= image.Length - length;

    private static bool IsAt(byte[] image, long table, uint offset, byte[] expected)
    {
        if (table < 0 || table > image.Length || !Fits(image, table + offset, expected.Length)) return false;
        for (var i = 0; i < expected.Length; i++)
            if (image[table + offset + i] != expected[i]) return false;
        return true;
    }
}

#if !WITHOUT_MSBUILD
/// <summary>The MSBuild task around <see cref="ElfVersionRequirement"/>.</summary>
public sealed class WeakenGlibcxxRequirement : Microsoft.Build.Utilities.Task
{
    /// <summary>Copies of libLibTorchSharp.so; those that do not exist are passed over.</summary>
    [Microsoft.Build.Framework.Required]
    public Microsoft.Build.Framework.ITaskItem[] Files { get; set; } = new Microsoft.Build.Framework.ITaskItem[0];

    /// <summary>Runs the task; files that need nothing are left untouched.</summary>
    public override bool Execute()
    {
        foreach (var file in Files)
        {
            if (!File.Exists(file.ItemSpec)) continue;
            try
            {
                var outcome = ElfVersionRequirement.Weaken(file.ItemSpec, ElfVersionRequirement.Glibcxx);
                if (outcome == ElfVersionRequirement.Outcome.Weakened)
                    Log.LogMessage(Microsoft.Build.Framework.MessageImportance.Normal,
                        "{0}: the requirement of {1} is weak now.", file.ItemSpec, ElfVersionRequirement.Glibcxx);
            }
            catch (Exception failure) when (failure is IOException || failure is UnauthorizedAccessException)
            {
                Log.LogWarning("{0}: the requirement of {1} could not be made weak, so the library loads only where " +
                    "libstdc++ is that of GCC 13 or later: {2}", file.ItemSpec, ElfVersionRequirement.Glibcxx,
                    failure.Message);
            }
        }
        return !Log.HasLoggedErrors;
    }
}
#endif
