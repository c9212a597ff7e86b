using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LieConv.Datasets.Basics;
using LieConv.Serialization;
using static TorchSharp.torch;

namespace LieConv.Datasets.Dynamics;

/// <summary>Keeps made data in a file that is named by what they are, with a checksum of what it holds.</summary>
internal sealed class TrajectoryCache
{
    /// <summary>Must change whenever the same options would give other data.</summary>
    private const int Format = 1;

    /// <summary>The folder below the data folder.</summary>
    internal const string Folder = "dynamics";

    private const string ChecksumKey = "sha256";
    private const string OptionsKey = "options";
    private readonly string _canonical;

    public TrajectoryCache(DynamicsDataOptions options)
    {
        _canonical = JsonSerializer.Serialize(new
        {
            Format,
            options.System,
            options.Particles,
            options.Dimensions,
            options.TrainCount,
            options.ValidationCount,
            options.TestCount,
            options.ChunkLength,
            options.Points,
            options.TimeStep,
            options.Paper,
            options.FreshChunks,
            options.RolloutCount,
            options.Seed,
        });
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_canonical)))[..16];
        FilePath = Path.Combine(
            Path.GetFullPath(options.DataRoot ?? DataFolder.Default), Folder, $"{options.System}-{key}.safetensors");
    }

    /// <summary>The file.</summary>
    public string FilePath { get; }

    /// <summary>What the file holds, or null where it is not there or damaged.</summary>
    public SafetensorsContents? TryRead(Action<string>? log)
    {
        if (!File.Exists(FilePath)) return null;
        try
        {
            var contents = Safetensors.Read(FilePath);
            if (contents.Metadata.GetValueOrDefault(OptionsKey) == _canonical
                && contents.Metadata.GetValueOrDefault(ChecksumKey) == Checksum(contents.Tensors)) return contents;
            contents.Dispose();
            log?.Invoke($"'{FilePath}' is damaged: its checksum is not that of its content. Making the data again.");
        }
        catch (InvalidDataException damage)
        {
            log?.Invoke($"{damage.Message} Making the data again.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log?.Invoke($"'{FilePath}' cannot be read ({failure.Message}). Making the data again.");
        }
        return null;
    }

    /// <summary>Compares a file with its own checksum.</summary>
    /// <returns>What it holds.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or was not made here.</exception>
    public static string Verify(string path)
    {
        using var contents = Safetensors.Read(path);
        if (!contents.Metadata.TryGetValue(ChecksumKey, out var checksum) || !contents.Metadata.ContainsKey(OptionsKey))
            throw new InvalidDataException($"{path}: has no checksum: it is none of this tool's files");
        if (checksum != Checksum(contents.Tensors))
            throw new InvalidDataException($"{path}: its checksum is not that of its content; delete it, it is made again");
        var states = contents.Tensors.Where(pair => pair.Key.EndsWith(".states", StringComparison.Ordinal));
        return string.Join(", ", states.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => FormattableString.Invariant($"{pair.Value.shape[0]:N0} {pair.Key[..^".states".Length]}")));
    }

    /// <summary>Writes the file; where that fails the data are there nevertheless, and the next run makes them again.
    /// </summary>
    public void TryWrite(IReadOnlyDictionary<string, Tensor> tensors, Action<string>? log)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
            Safetensors.Write(FilePath, tensors, new Dictionary<string, string>
            {
                [OptionsKey] = _canonical,
                [ChecksumKey] = Checksum(tensors),
            });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log?.Invoke($"The data cannot be kept for the next run: {failure.Message}");
        }
    }

    private static string Checksum(IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {tensor.dtype} {string.Join(' ', tensor.shape)}\n"));
            using var scope = NewDisposeScope();
            // Row by row: the bytes of a whole tensor need not fit a span.
            for (long row = 0; row < tensor.shape[0]; row++) hash.AppendData(tensor[row].contiguous().bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
