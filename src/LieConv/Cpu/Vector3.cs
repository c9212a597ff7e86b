namespace LieConv.Cpu;

/// <summary>A vector of space in double precision, which the framework's own is not.</summary>
internal readonly record struct Vector3(double X, double Y, double Z)
{
    /// <summary>The sum.</summary>
    public static Vector3 operator +(Vector3 a, Vector3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    /// <summary>The multiple.</summary>
    public static Vector3 operator *(Vector3 a, double factor) => new(a.X * factor, a.Y * factor, a.Z * factor);

    /// <summary>The scalar product.</summary>
    public double Dot(Vector3 other) => X * other.X + Y * other.Y + Z * other.Z;

    /// <summary>The vector product.</summary>
    public Vector3 Cross(Vector3 other) =>
        new(Y * other.Z - Z * other.Y, Z * other.X - X * other.Z, X * other.Y - Y * other.X);

    /// <summary>Writes the components in float32.</summary>
    public unsafe void Write(float* target) => (target[0], target[1], target[2]) = ((float)X, (float)Y, (float)Z);
}
