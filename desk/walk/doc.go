// Package walk reads a container to its end, with several requests under way at
// once where the server allows it. Begin at [Pages].
package walk
