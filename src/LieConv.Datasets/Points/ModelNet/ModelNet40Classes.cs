namespace LieConv.Datasets.Points.ModelNet;

/// <summary>The classes of ModelNet40.</summary>
public static class ModelNet40Classes
{
    /// <summary>Their names, in the order of the h5 files' labels, which is that of the alphabet.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "airplane", "bathtub", "bed", "bench", "bookshelf", "bottle", "bowl", "car", "chair", "cone", "cup", "curtain",
        "desk", "door", "dresser", "flower_pot", "glass_box", "guitar", "keyboard", "lamp", "laptop", "mantel",
        "monitor", "night_stand", "person", "piano", "plant", "radio", "range_hood", "sink", "sofa", "stairs", "stool",
        "table", "tent", "toilet", "tv_stand", "vase", "wardrobe", "xbox",
    ];
}
