package synology

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"

	"dirdesk/internal/allowance"
	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// pageSize is the most objects one request asks for. DSM's own pages ask for
// 40; no limit of the server is known.
const pageSize = 500

// List gives the direct children of one object. A limit of up to 500 is one
// request; more, and a limit of 0, are several in a row. DSM keeps no snapshot:
// when the container changes meanwhile, an object may come twice or not at all.
// It is models.ErrProtocol when the server gives fewer than it announced.
func (b *Backend) List(ctx context.Context, request models.ListRequest) iter.Seq2[models.Page, error] {
	return func(yield func(models.Page, error) bool) {
		base := string(request.Base)
		if request.Offset < 0 || request.Limit < 0 {
			yield(models.Page{}, b.explain(methodList, base, invalid("an offset or limit below 0", "Ask from 0 on.")))
			return
		}
		offset, given, allowed := request.Offset, 0, allowance.Allowance{Rows: b.options.MaxRows}
		for {
			size := cmp.Or(request.AtOnce, pageSize)
			if request.Limit > 0 {
				size = min(size, request.Limit-given)
			}
			page, err := b.page(ctx, request, offset, size)
			got := len(page.Objects)
			for _, o := range page.Objects {
				if full := allowed.Take(allowance.Weight(o)); full != nil {
					err = b.explain(methodList, base, full)
				}
			}
			if err == nil && got == 0 && page.Total > offset {
				err = b.explain(methodList, base, webclient.Fault(models.ErrProtocol,
					fmt.Sprintf("DSM announced %d objects but gave %d", page.Total, offset), "The container may have changed meanwhile: refresh it."))
			}
			switch {
			case err != nil:
				yield(models.Page{}, err)
				return
			case got == 0 && given > 0:
				return
			}
			offset, given = offset+got, given+got
			if !yield(page, nil) || got == 0 || isLast(request, page, offset, given) {
				return
			}
		}
	}
}

// isLast decides whether a page that holds objects ends the listing. Without a
// total only an empty page does.
func isLast(request models.ListRequest, page models.Page, offset, given int) bool {
	if request.Limit > 0 && (given >= request.Limit || request.Limit <= pageSize && !request.Deep && request.AtOnce == 0) {
		return true
	}
	return page.Total != models.UnknownTotal && offset >= page.Total
}

// page gives one page of what is asked for with one request: at most limit
// objects, which must be more than 0, from offset on.
func (b *Backend) page(ctx context.Context, request models.ListRequest, offset, limit int) (models.Page, error) {
	base, categories, scope := request.Base, request.Categories, "one"    // the only attested one
	if categories == nil || slices.Contains(categories, models.AnyKind) { // it knows no others
		categories = models.Categories()
	}
	if request.Deep {
		scope = "sub" // plausible, and seen nowhere: see guesses.go of the simulator
	}
	p := params{
		"action": "enum", "scope": scope,
		"basedn": string(base), "objectCategory": categories, "offset": offset, "limit": limit,
	}
	m := methodList
	data, err := b.call(ctx, m, string(base), p)
	var refused *failure
	if errors.As(err, &refused) && refused.code == codeNoMethod {
		// The captured client sends the method's name as a JSON text.
		m.quoted = true
		data, err = b.call(ctx, m, string(base), p)
	}
	if err != nil {
		return models.Page{}, err
	}
	page, err := decodePage(data, limit)
	if err != nil {
		return models.Page{}, b.explain(m, string(base), err)
	}
	page.Offset = offset
	return page, nil
}

// decodePage reads {"data":[...],"total":N} (docs/dsm.md section 4.2; live sample), and
// no more objects of it than were asked for.
func decodePage(data json.RawMessage, most int) (models.Page, error) {
	answer := members(data)
	total, counted := totalOf(answer)
	if first(answer["data"]) != '[' && (!counted || !isNothing(answer["data"])) {
		return models.Page{}, notUnderstood()
	}
	page := models.Page{Objects: []models.Object{}, Total: total}
	for raw := range rawjson.Elements(answer["data"]) {
		if len(page.Objects) == most {
			break
		}
		o, ok := decodeObject(raw)
		if !ok {
			return models.Page{}, notUnderstood()
		}
		page.Objects = append(page.Objects, o)
	}
	return page, nil
}

// decodeObject reads one object of a listing (docs/dsm.md section 7; the member
// names from a live sample); ok is false for what is none. It takes what it can:
// every member may be missing. One that is unknown, or known but of a form that
// cannot be read, is kept in Extra as it came.
func decodeObject(raw json.RawMessage) (o models.Object, ok bool) {
	if kind := first(raw); kind != '{' && kind != 'n' {
		return o, false
	}
	for name, value := range rawjson.Members(raw) {
		if takeMember(&o, name, value) {
			continue
		}
		if o.Extra == nil {
			o.Extra = make(map[string]json.RawMessage)
		}
		if len(value) > mostExtra {
			value, _ = json.Marshal(allowance.Text(string(value)))
		}
		if len(o.Extra) < mostMembers {
			o.Extra[name] = bytes.Clone(value) // raw belongs to a whole page
		}
	}
	if o.Name == "" {
		o.Name = o.DN.RDN().Value
	}
	return o, true
}

// takeMember puts a member where it belongs; false leaves it to Extra.
func takeMember(o *models.Object, name string, value json.RawMessage) bool {
	switch name {
	case "dn":
		return takeText((*string)(&o.DN), value)
	case "name":
		return takeText(&o.Name, value)
	case "objectCategory":
		return takeText((*string)(&o.Category), value)
	case "sAMAccountName":
		return takeText(&o.SAMAccountName, value)
	case "displayName":
		return takeText(&o.DisplayName, value)
	case "mail":
		return takeText(&o.Mail, value)
	case "description":
		return takeText(&o.Description, value)
	case "telephoneNumber":
		return takeText(&o.TelephoneNumber, value)
	case "physicalDeliveryOfficeName":
		return takeText(&o.Office, value)
	case "disabled":
		return takeFlag(&o.Disabled, value)
	case "locked":
		return takeFlag(&o.Locked, value)
	case "passwordExpired":
		return takeFlag(&o.PasswordExpired, value)
	case "deletable":
		return takeFlag(&o.Deletable, value)
	case "movable":
		return takeFlag(&o.Movable, value)
	case "renamable":
		return takeFlag(&o.Renamable, value)
	case "showInAdvancedViewOnly":
		return takeFlag(&o.AdvancedOnly, value)
	case "accountExpiryTime":
		n, ok := rawjson.Int(value)
		if ok {
			o.AccountExpiry = models.ExpiryFromUnix(n)
		}
		return ok || isNothing(value)
	case "primaryGroupToken":
		n, ok := rawjson.Int(value)
		if n != int64(int32(n)) {
			return false
		}
		o.PrimaryGroupToken = int(n)
		return ok || isNothing(value)
	}
	return false
}

// Bounds of what is kept of members that are not known.
const (
	mostExtra   = 8 << 10
	mostMembers = 200
)

// takeText reads a scalar; null is nothing said.
func takeText(into *string, value json.RawMessage) bool {
	switch first(value) {
	case '[', '{':
		return false
	}
	*into = allowance.Text(rawjson.Scalar(value))
	return true
}

func takeFlag(into *models.Flag, value json.RawMessage) bool {
	*into = rawjson.Flag(value)
	return into.Known() || isNothing(value)
}
