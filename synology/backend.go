package synology

import (
	"context"
	"fmt"
	"iter"

	"dirdesk/models"
)

// pageSize is the most objects one request asks for. DSM's own pages ask for
// 40; no limit of the server is known.
const pageSize = 500

// Backend shows a Client to the desk.
type Backend struct {
	client *Client
	url    string
}

// NewBackend adapts a signed-in client. url is how the user named the
// connection.
func NewBackend(client *Client, url string) *Backend {
	return &Backend{client: client, url: url}
}

// Client gives the client inside, for what the desk does not know.
func (b *Backend) Client() *Client { return b.client }

// About tells what is known without asking the network.
func (b *Backend) About() models.About {
	b.client.mu.Lock()
	words := b.client.tlsWords
	b.client.mu.Unlock()
	return models.About{
		Backend:  "Synology Directory Server",
		URL:      b.url,
		Host:     b.client.host,
		Account:  b.client.account,
		TLS:      words,
		Seekable: true,
		PageSize: pageSize,
	}
}

// Info asks for the realm, the base DN and the controllers.
func (b *Backend) Info(ctx context.Context) (models.DirectoryInfo, error) {
	return b.client.DirectoryInfo(ctx)
}

// List gives the direct children of one object. A limit of up to 500 is one
// request; more, and a limit of 0, are several in a row. DSM keeps no snapshot:
// when the container changes meanwhile, an object may come twice or not at all.
// It is models.ErrProtocol when the server gives fewer than it announced.
func (b *Backend) List(ctx context.Context, request models.ListRequest) iter.Seq2[models.Page, error] {
	return func(yield func(models.Page, error) bool) {
		if err := checkRequest(request); err != nil {
			yield(models.Page{}, err)
			return
		}
		offset, given := request.Offset, 0
		for {
			size := pageSize
			if request.Limit > 0 {
				size = min(size, request.Limit-given)
			}
			page, err := b.client.ListObjects(ctx, request.Base, request.Categories, offset, size)
			if err != nil {
				yield(models.Page{}, err)
				return
			}
			got := len(page.Objects)
			if got == 0 {
				b.yieldEnd(yield, request, page, given)
				return
			}
			offset, given = offset+got, given+got
			if !yield(page, nil) || isLast(request, page, offset, given) {
				return
			}
		}
	}
}

// yieldEnd ends a listing at an empty page, which may come before its time.
func (b *Backend) yieldEnd(yield func(models.Page, error) bool, request models.ListRequest, page models.Page, given int) {
	switch {
	case page.Total > page.Offset:
		yield(models.Page{}, b.short(request.Base, page.Offset, page.Total))
	case given == 0:
		yield(page, nil)
	}
}

// isLast decides whether a page that holds objects ends the listing. Without a
// total only an empty page does.
func isLast(request models.ListRequest, page models.Page, offset, given int) bool {
	if request.Limit > 0 && (given >= request.Limit || request.Limit <= pageSize) {
		return true
	}
	return page.Total != models.UnknownTotal && offset >= page.Total
}

func (b *Backend) short(base models.DN, got, total int) error {
	return &models.Error{
		Kind: reason{
			fmt.Sprintf("DSM announced %d objects but gave %d", total, got), models.ErrProtocol,
		},
		Action: methodList.words, Object: string(base),
		Advice: "The container may have changed meanwhile: refresh it.",
	}
}

func checkRequest(request models.ListRequest) error {
	if request.Offset >= 0 && request.Limit >= 0 {
		return nil
	}
	return &models.Error{
		Kind:   reason{"an offset or limit below 0", models.ErrInvalid},
		Action: methodList.words, Object: string(request.Base), Advice: "Ask from 0 on.",
	}
}

// Close signs out.
func (b *Backend) Close(ctx context.Context) error {
	return b.client.Close(ctx)
}
