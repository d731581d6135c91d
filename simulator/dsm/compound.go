package dsm

import (
	"encoding/json"

	"dirdesk/simulator/wire"
)

// compound is SYNO.Entry.Request.request: several calls in one. It succeeds
// whatever becomes of its items; has_fail and the items tell. Each item is
// checked on its own, session and all. Parallel items are done one after the
// other too, but none stops the next.
func (h *Handler) compound(c *call) (any, *failure) {
	if c.item {
		return nil, fail(nestedCompound)
	}
	items, f := readItems(c)
	if f != nil {
		return nil, f
	}
	in := c.input()
	mode := in.word("mode", "sequential", "parallel")
	stop := in.flag("stop_when_error", false)
	if in.failure != nil {
		return nil, in.failure
	}
	stop = stop && mode == "sequential"

	hasFail := false
	results := make([]map[string]any, 0, len(items))
	for _, item := range items {
		if stop && hasFail {
			results = append(results, item.result(nil, fail(codeStopped)))
			continue
		}
		data, failed := h.perform(item.call, h.options.Now())
		if c.request.spoil.Cut != wire.CutNot {
			return nil, nil
		}
		hasFail = hasFail || failed != nil
		results = append(results, item.result(data, failed))
	}
	return map[string]any{"has_fail": hasFail, "result": results}, nil
}

// item is one call of a compound.
type item struct{ call *call }

// readItems takes the parameter compound apart. Inside it values are JSON
// already; a version may be a number or a text of digits (captured).
func readItems(c *call) ([]item, *failure) {
	v, sent := c.parameters.lookup("compound")
	if !sent {
		return nil, missing("compound")
	}
	raw, err := json.Marshal(v.decoded)
	if err != nil || v.bare {
		return nil, fail(codeBadCompound)
	}
	var members []map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil || members == nil {
		return nil, fail(codeBadCompound)
	}
	items := make([]item, 0, len(members))
	for _, m := range members {
		if m == nil {
			return nil, fail(codeBadCompound)
		}
		items = append(items, item{&call{
			request:    c.request,
			api:        textMember(m, "api"),
			method:     textMember(m, "method"),
			version:    versionMember(m),
			parameters: parameters{native: m},
			item:       true,
		}})
	}
	return items, nil
}

func textMember(m map[string]json.RawMessage, name string) string {
	var s string
	if json.Unmarshal(m[name], &s) != nil {
		return ""
	}
	return s
}

func versionMember(m map[string]json.RawMessage) int {
	if text := textMember(m, "version"); text != "" {
		return readVersion(text)
	}
	return readVersion(string(m["version"]))
}

// result is the item's own envelope, with what was called beside it.
func (i item) result(data any, failed *failure) map[string]any {
	r := envelope(data, failed)
	r["api"], r["method"], r["version"] = i.call.api, i.call.method, i.call.version
	return r
}
