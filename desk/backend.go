package desk

import (
	"context"
	"iter"

	"dirdesk/models"
)

// Backend is the least that a connection can do: say who it is and list one
// level. Everything else is an optional interface of its own, found with a type
// assertion. A Backend is signed in already and safe for use by several
// goroutines.
//
// Errors are *models.Error (or wrap one), or ctx.Err() when the context ended.
type Backend interface {
	// About tells what is known without asking the network.
	About() models.About
	// Info asks the directory for its realm, base DN and controllers.
	Info(ctx context.Context) (models.DirectoryInfo, error)
	// List gives the direct children of req.Base, from req.Offset on, in runs
	// as they come. It ends after req.Limit objects (0: at the end of the
	// container), after the first error, or when the caller stops ranging. The
	// pages follow one another without gaps, the first starting at req.Offset.
	// An empty container gives one empty page with Total 0.
	//
	// A base that does not exist is models.ErrNotFound.
	List(ctx context.Context, req models.ListRequest) iter.Seq2[models.Page, error]
	// Close signs out and frees what the connection holds.
	Close(ctx context.Context) error
}

// Getter reads one object by its name, with everything the directory knows of
// it. A backend without it can only find an object in its parent's listing.
type Getter interface {
	// Get reads dn; models.ErrNotFound when there is none.
	Get(ctx context.Context, dn models.DN) (models.Object, error)
}
