#if !WITHOUT_MSBUILD   // inside the repository's projects these are implicit
using System;
using System.Collections.Generic;
using System.IO;
#endif
using System.Text;

#nullable disable          // the language of the MSBuild task factory has no annotations

namespace LieConv.Build;

/// <summary>
/// Has the just-in-time compiler keep what TorchSharp's methods were given alive until they return, by asking for them
/// to be compiled without optimisation. See LieConv.NativeCompatibility.targets for why.
/// </summary>
/// <remarks>
/// The request is the assembly's DebuggableAttribute, which every compiler writes: bit 0x100 of its value. The value is a
/// blob of eight bytes, found through the tables of ECMA-335 (6th edition, II.22.10, II.24.2). Where other attributes have
/// the same value, they share the blob: then it stays, and the attribute is pointed at eight bytes of the heap that ask
/// for it, wherever they stand.
/// </remarks>
public static class OperandLifetimes
{
    private const int DisableOptimizations = 0x100;        // DebuggableAttribute.DebuggingModes
    private const int EnableEditAndContinue = 0x4;

    /// <summary>How a file asks for its methods to be compiled, or what was done about it.</summary>
    public enum Outcome
    {
        /// <summary>The file is no .NET assembly, or its attribute has no value that could be changed.</summary>
        Absent,

        /// <summary>Operands are kept (and were before).</summary>
        AlreadyKept,

        /// <summary>Operands were not kept and are now.</summary>
        Kept,

        /// <summary>Operands are not kept.</summary>
        Optimised,
    }

    /// <summary>Says what the bytes of an assembly ask for.</summary>
    public static Outcome Inspect(byte[] image)
    {
        var attribute = Attribute(image);
        if (attribute == null) return Outcome.Absent;
        return AsksForIt(image, attribute.Blob) ? Outcome.AlreadyKept : Outcome.Optimised;
    }

    /// <summary>Makes an assembly ask for it: completely or not at all. A process that has the file loaded keeps the old
    /// one, and the time of last change stays, so that an incremental build leaves the copy alone.</summary>
    public static Outcome Keep(string path)
    {
        var image = File.ReadAllBytes(path);
        var outcome = KeepInImage(image);
        if (outcome != Outcome.Kept) return outcome;
        var changed = path + "." + Guid.NewGuid().ToString("N") + ".tmp";
        try
        {
            File.Copy(path, changed);                      // keeps the permissions
            File.WriteAllBytes(changed, image);
            File.SetLastWriteTimeUtc(changed, File.GetLastWriteTimeUtc(path));
            File.Replace(changed, path, null);
        }
        finally
        {
            File.Delete(changed);                          // no error where it is gone
        }
        return outcome;
    }

    /// <summary>Makes the bytes of an assembly ask for it.</summary>
    public static Outcome KeepInImage(byte[] image)
    {
        var attribute = Attribute(image);
        if (attribute == null) return Outcome.Absent;
        if (AsksForIt(image, attribute.Blob)) return Outcome.AlreadyKept;
        if (!attribute.IsShared)
        {
            image[attribute.Blob + 4] |= DisableOptimizations >> 8;
            return Outcome.Kept;
        }
        for (var blob = attribute.Heap + 1; blob < attribute.HeapEnd - BlobSize; blob++)
        {
            if (!IsValue(image, blob) || !AsksForIt(image, blob)) continue;
            var index = BitConverter.GetBytes(blob - attribute.Heap);
            Array.Copy(index, 0, image, attribute.Reference, attribute.ReferenceSize);
            return Outcome.Kept;
        }
        return Outcome.Absent;
    }

    private const int BlobSize = 9;                        // length 8, prolog 1, four bytes of value, no named arguments

    private static bool IsValue(byte[] image, int blob) =>
        image[blob] == 8 && BitConverter.ToUInt16(image, blob + 1) == 1 && BitConverter.ToUInt16(image, blob + 7) == 0;

    private static bool AsksForIt(byte[] image, int blob)
    {
        var modes = BitConverter.ToInt32(image, blob + 3);
        return (modes & DisableOptimizations) != 0 && (modes & EnableEditAndContinue) == 0;
    }

    private static DebuggableAttributeRow Attribute(byte[] image)
    {
        try
        {
            return new MetadataTables(image).Debuggable();
        }
        catch (Exception failure) when (failure is ArgumentException || failure is IndexOutOfRangeException ||
            failure is OverflowException)
        {
            return null;                                   // cut off or no assembly at all
        }
    }

    /// <summary>Where the assembly's attribute keeps its value.</summary>
    private sealed class DebuggableAttributeRow
    {
        public int Reference;                              // offset of the index of its blob, and the index's bytes
        public int ReferenceSize;
        public int Blob;                                   // offset of the blob
        public bool IsShared;
        public int Heap;
        public int HeapEnd;
    }

    /// <summary>The tables of an assembly up to that of custom attributes.</summary>
    private sealed class MetadataTables
    {
        private const int AttributeTable = 0x0C;
        private const int AssemblyParent = (1 << 5) | 14;  // row 1 of the assembly table, as a parent of attributes

        private readonly byte[] _image;
        private readonly int _strings;
        private readonly int _blobs;
        private readonly int _blobsEnd;
        private readonly int _stringSize;
        private readonly int _guidSize;
        private readonly int _blobSize;
        private readonly int[] _rows = new int[64];
        private readonly int[] _start = new int[AttributeTable + 1];
        private readonly int[] _size = new int[AttributeTable + 1];

        public MetadataTables(byte[] image)
        {
            _image = image;
            var root = Metadata();
            var stream = root + 16 + Int(root + 12);       // past the version's text: flags, number of streams
            int tables = 0, count = Short(stream + 2);
            stream += 4;
            for (var i = 0; i < count; i++)
            {
                var name = Text(stream + 8);
                if (name == "#~") tables = root + Int(stream);
                if (name == "#Strings") _strings = root + Int(stream);
                if (name == "#Blob")
                {
                    _blobs = root + Int(stream);
                    _blobsEnd = _blobs + Int(stream + 4);
                }
                stream += 8 + (name.Length / 4 + 1) * 4;
            }
            if (tables == 0 || _strings == 0 || _blobs == 0) throw new ArgumentException("no metadata");
            var heaps = image[tables + 6];
            _stringSize = (heaps & 1) != 0 ? 4 : 2;
            _guidSize = (heaps & 2) != 0 ? 4 : 2;
            _blobSize = (heaps & 4) != 0 ? 4 : 2;
            var present = BitConverter.ToUInt64(image, tables + 8);
            var at = tables + 24;
            for (var table = 0; table < 64; table++)
                if ((present >> table & 1) != 0) { _rows[table] = Int(at); at += 4; }
            for (var table = 0; table <= AttributeTable; table++)
            {
                _start[table] = at;
                _size[table] = RowSize(table);
                at = checked(at + _rows[table] * _size[table]);
            }
        }

        /// <summary>The assembly's attribute; null where it has none of the usual form.</summary>
        public DebuggableAttributeRow Debuggable()
        {
            DebuggableAttributeRow found = null;
            var users = new Dictionary<int, int>();
            int parentSize = Parent(), typeSize = Coded(3, 0x06, 0x0A);
            for (var row = 0; row < _rows[AttributeTable]; row++)
            {
                var at = _start[AttributeTable] + row * _size[AttributeTable];
                var reference = at + parentSize + typeSize;
                var blob = _blobs + Index(reference, _blobSize);
                users[blob] = users.TryGetValue(blob, out var known) ? known + 1 : 1;
                if (Index(at, parentSize) == AssemblyParent && IsDebuggable(Index(at + parentSize, typeSize)) &&
                    IsValue(_image, blob))
                    found = new DebuggableAttributeRow
                    {
                        Reference = reference, ReferenceSize = _blobSize, Blob = blob, Heap = _blobs, HeapEnd = _blobsEnd,
                    };
            }
            if (found != null) found.IsShared = users[found.Blob] > 1 || IsConstant(found.Blob);
            return found;
        }

        /// <summary>Whether a constant, too, has this blob as its value.</summary>
        private bool IsConstant(int blob)
        {
            for (var row = 1; row <= _rows[0x0B]; row++)
                if (_blobs + Index(_start[0x0B] + row * _size[0x0B] - _blobSize, _blobSize) == blob) return true;
            return false;
        }

        private bool IsDebuggable(int constructor)
        {
            if ((constructor & 7) != 3) return false;      // of another assembly's type
            var member = _start[0x0A] + ((constructor >> 3) - 1) * _size[0x0A];
            var owner = Index(member, Coded(3, 0x02, 0x01, 0x1A, 0x06, 0x1B));
            if ((owner & 7) != 1) return false;            // a type reference
            var type = _start[0x01] + ((owner >> 3) - 1) * _size[0x01] + Coded(2, 0x00, 0x1A, 0x23, 0x01);
            return Text(_strings + Index(type, _stringSize)) == "DebuggableAttribute";
        }

        /// <summary>Bytes of a row (II.22).</summary>
        private int RowSize(int table)
        {
            switch (table)
            {
                case 0x00: return 2 + _stringSize + 3 * _guidSize;
                case 0x01: return Coded(2, 0x00, 0x1A, 0x23, 0x01) + 2 * _stringSize;
                case 0x02: return 4 + 2 * _stringSize + Coded(2, 0x02, 0x01, 0x1B) + Simple(0x04) + Simple(0x06);
                case 0x03: return Simple(0x04);
                case 0x04: return 2 + _stringSize + _blobSize;
                case 0x05: return Simple(0x06);
                case 0x06: return 8 + _stringSize + _blobSize + Simple(0x08);
                case 0x07: return Simple(0x08);
                case 0x08: return 4 + _stringSize;
                case 0x09: return Simple(0x02) + Coded(2, 0x02, 0x01, 0x1B);
                case 0x0A: return Coded(3, 0x02, 0x01, 0x1A, 0x06, 0x1B) + _stringSize + _blobSize;
                case 0x0B: return 2 + Coded(2, 0x04, 0x08, 0x17) + _blobSize;
                default:
                    return Parent() + Coded(3, 0x06, 0x0A) + _blobSize;
            }
        }

        /// <summary>Bytes of an index of what an attribute stands on.</summary>
        private int Parent() => Coded(5, 0x06, 0x04, 0x01, 0x02, 0x08, 0x09, 0x0A, 0x00, 0x0E, 0x17, 0x14, 0x11, 0x1A, 0x1B,
            0x20, 0x23, 0x26, 0x27, 0x28, 0x2A, 0x2C, 0x2B);

        private int Simple(int table) => _rows[table] < 0x10000 ? 2 : 4;

        /// <summary>Bytes of an index into one of several tables, told by its lowest bits.</summary>
        private int Coded(int bits, params int[] tables)
        {
            foreach (var table in tables)
                if (_rows[table] >= 1 << (16 - bits)) return 4;
            return 2;
        }

        /// <summary>Offset of the metadata: PE header, section of the CLI header, its entry.</summary>
        private int Metadata()
        {
            if (Short(0) != 0x5A4D) throw new ArgumentException("no MZ");
            var header = Int(60);
            if (Int(header) != 0x4550) throw new ArgumentException("no PE");
            var optional = header + 24;
            var directories = optional + (Short(optional) == 0x20B ? 112 : 96);
            var cli = Offset(header, Int(directories + 14 * 8));
            return Offset(header, Int(cli + 8));
        }

        /// <summary>Offset in the file of an address in memory.</summary>
        private int Offset(int header, int address)
        {
            var section = header + 24 + Short(header + 20);
            for (var i = 0; i < Short(header + 6); i++, section += 40)
                if (address >= Int(section + 12) && address < Int(section + 12) + Int(section + 16))
                    return address - Int(section + 12) + Int(section + 20);
            throw new ArgumentException("no such address");
        }

        private int Index(int at, int size) => size == 2 ? Short(at) : Int(at);

        private int Short(int at) => BitConverter.ToUInt16(_image, at);

        private int Int(int at) => BitConverter.ToInt32(_image, at);

        private string Text(int at)
        {
            var end = Array.IndexOf(_image, (byte)0, at);
            return Encoding.UTF8.GetString(_image, at, end - at);
        }
    }
}

#if !WITHOUT_MSBUILD
/// <summary>The MSBuild task around <see cref="OperandLifetimes"/>.</summary>
public sealed class KeepOperandsAlive : Microsoft.Build.Utilities.Task
{
    /// <summary>Copies of TorchSharp.dll; those that do not exist are passed over.</summary>
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
                var outcome = OperandLifetimes.Keep(file.ItemSpec);
                if (outcome == OperandLifetimes.Outcome.Absent)
                    Log.LogWarning("{0} does not say how it is to be compiled, so a tensor or number may be freed while " +
                        "libtorch reads it.", file.ItemSpec);
            }
            catch (Exception failure) when (failure is IOException || failure is UnauthorizedAccessException)
            {
                Log.LogWarning("{0} could not be changed, so a tensor or number may be freed while libtorch reads it: {1}",
                    file.ItemSpec, failure.Message);
            }
        }
        return !Log.HasLoggedErrors;
    }
}
#endif
