using System.Globalization;
using System.Text.Json;

namespace LieConv.Datasets.Points;

/// <summary>Reads JSON objects, all with the members that the first one has.</summary>
internal sealed class JsonLinesReader
{
    private readonly PointSink _sink;
    private readonly (string Name, bool IsArray, int Width, int First)[] _members; // width 0: one a point
    private readonly bool _holdsSets;

    /// <summary>Takes the columns from the first object.</summary>
    public JsonLinesReader(JsonElement first, PointSink sink)
    {
        _sink = sink;
        var (members, columns) = (new List<(string, bool, int, int)>(), new List<string>());
        foreach (var member in first.EnumerateObject())
        {
            var (isArray, width) = ShapeOf(member.Value);
            if (width < 0) continue; // objects and what is deeper are passed over
            members.Add((member.Name, isArray, width, columns.Count));
            if (width == 0) columns.Add(member.Name);
            for (var i = 1; i <= width; i++) columns.Add($"{member.Name}_{i.ToString(CultureInfo.InvariantCulture)}");
        }

        _members = [.. members];
        _holdsSets = _members.Any(member => member.IsArray);
        sink.Begin(columns, "line", _holdsSets);
    }

    /// <summary>Reads an object.</summary>
    public void Read(JsonElement line, long number)
    {
        if (_holdsSets) ReadSet(line, number);
        else
        {
            foreach (var (name, _, _, first) in _members)
                if (_sink.Column(first) is { } column) AddMember(column, line, name);
            _sink.EndRow(number);
        }
    }

    /// <summary>Says that a line is no object.</summary>
    public void Refuse(long number, string fault)
    {
        if (_holdsSets) _sink.BeginSet(FormattableString.Invariant($"line {number}"), number);
        _sink.Fault(number, null, fault);
        if (!_holdsSets) _sink.EndRow(number);
    }

    private static (bool IsArray, int Width) ShapeOf(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object) return (false, -1);
        if (value.ValueKind != JsonValueKind.Array) return (false, 0);
        if (value.GetArrayLength() == 0 || value[0].ValueKind != JsonValueKind.Array)
            return (true, value.GetArrayLength() > 0 && value[0].ValueKind == JsonValueKind.Object ? -1 : 0);
        var inner = value[0];
        return (true, inner.GetArrayLength() == 0 || inner[0].ValueKind is JsonValueKind.Array or JsonValueKind.Object
            ? -1 : inner.GetArrayLength());
    }

    private void ReadSet(JsonElement line, long number)
    {
        _sink.BeginSet(null, number);
        foreach (var (name, isList, _, first) in _members)
            if (!isList && _sink.Column(first) is KeyCell key) AddMember(key, line, name); // the name, for faults too
        var (size, sizedBy) = (-1, "");
        var arrays = new JsonElement.ArrayEnumerator[_members.Length];
        var isArray = new bool[_members.Length];
        for (var m = 0; m < _members.Length; m++)
        {
            var (name, wasArray, width, first) = _members[m];
            if (!IsWanted(first, width) || !line.TryGetProperty(name, out var value)) continue;
            isArray[m] = value.ValueKind == JsonValueKind.Array;
            if (!isArray[m] && wasArray && width > 0)
            {
                _sink.Fault(number, name, $"is no array; expected one with {width} numbers for each point");
                return;
            }

            if (!isArray[m]) continue;
            arrays[m] = value.EnumerateArray();
            if (size >= 0 && value.GetArrayLength() != size)
            {
                _sink.Fault(number, name, $"has {value.GetArrayLength()} items, and '{sizedBy}' has {size}; expected " +
                    "one for each point in both");
                return;
            }

            if (size < 0) (size, sizedBy) = (value.GetArrayLength(), name);
        }

        for (var point = 0; point < size; point++)
            if (!ReadPoint(line, number, point, arrays, isArray)) return;
    }

    private bool ReadPoint(
        JsonElement line, long number, int point, JsonElement.ArrayEnumerator[] arrays, bool[] isArray)
    {
        for (var m = 0; m < _members.Length; m++)
        {
            var (name, _, width, first) = _members[m];
            if (!IsWanted(first, width)) continue;
            if (!isArray[m])
            {
                for (var i = 0; i < Math.Max(1, width); i++)
                    if (_sink.Column(first + i) is { } column) AddMember(column, line, name);
                continue;
            }

            arrays[m].MoveNext();
            var item = arrays[m].Current;
            if (width == 0)
            {
                Add(_sink.Column(first)!, item);
                continue;
            }

            if (item.ValueKind != JsonValueKind.Array || item.GetArrayLength() != width)
            {
                _sink.Fault(number, name, FormattableString.Invariant($"point {point + 1} has ") +
                    (item.ValueKind == JsonValueKind.Array ? $"{item.GetArrayLength()} numbers" : "one value") +
                    $"; expected {width}, as in the first line");
                return false;
            }

            for (var i = 0; i < width; i++)
                if (_sink.Column(first + i) is { } column) Add(column, item[i]);
        }

        _sink.EndRow(number);
        return true;
    }

    private bool IsWanted(int first, int width)
    {
        for (var i = 0; i < Math.Max(1, width); i++)
            if (_sink.Column(first + i) is not null) return true;
        return false;
    }

    private static void AddMember(PointColumn column, JsonElement line, string name)
    {
        if (line.TryGetProperty(name, out var value)) Add(column, value);
        else column.AddMissing();
    }

    private static void Add(PointColumn column, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number when column is KeyCell && value.TryGetInt64(out _): // more digits than a double
                column.Add(value.GetRawText().AsSpan());
                break;
            case JsonValueKind.Number: column.Add(value.GetDouble()); break;
            case JsonValueKind.String: column.Add(value.GetString().AsSpan()); break;
            case JsonValueKind.True: column.Add(1); break;
            case JsonValueKind.False: column.Add(0); break;
            case JsonValueKind.Null: column.AddMissing(); break;
            default: column.Add(value.GetRawText().AsSpan()); break;
        }
    }
}
