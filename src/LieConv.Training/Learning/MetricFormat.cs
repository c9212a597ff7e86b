namespace LieConv.Training.Learning;

/// <summary>How a metric's number is written.</summary>
public enum MetricFormat
{
    /// <summary>Four digits behind the point.</summary>
    Fixed,

    /// <summary>A fraction from 0 to 1, in percent.</summary>
    Percent,

    /// <summary>With an exponent: what falls over decades. Its axis is logarithmic.</summary>
    Scientific,
}
