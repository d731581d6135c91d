package adaxes

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// request is what a PATCH, or the properties of a POST, ask for.
type request struct {
	properties []writtenProperty
	account    bool // o365 or m365 is there
	licences   []licenceChange
	photo      *string // Base64; "" clears
}

// writtenProperty is one property with its values as the directory has them.
type writtenProperty struct {
	name      string
	kind      models.PropertyType
	operation models.Operation
	values    []string
	masked    bool
	mask      int32
}

func (h writing) modify(c *call) (answer, *failure) {
	var r reader
	body := r.object(c.body, "")
	id := body.required("directoryObject")
	req := h.request(&r, body)
	if failed := r.failure(); failed != nil {
		return answer{}, failed
	}
	dn, failed := h.resolve(id)
	if failed != nil {
		return answer{}, failed
	}
	if failed := h.fitting(dn, &req); failed != nil {
		return answer{}, failed
	}
	return h.operate(c, deed{dn: dn, properties: req.names()}, func() (done, error) { return h.apply(dn, req) })
}

func (q request) names() []string {
	var names []string
	for _, p := range q.properties {
		names = append(names, p.name)
	}
	if q.photo != nil {
		names = append(names, "photo", "thumbnailPhoto")
	}
	if q.account {
		names = append(names, memberO365, memberM365)
	}
	return names
}

// custom are the changes of what the service keeps by itself.
func (q request) custom() (changes []models.PropertyChange) {
	for _, p := range q.properties {
		if isCustom(p.name) {
			changes = append(changes, models.PropertyChange{Name: p.name, Type: p.kind, Operation: p.operation, Values: p.values, Masked: p.masked, Mask: p.mask})
		}
	}
	return changes
}

// request reads what modify and create have in common.
func (h writing) request(r *reader, body object) request {
	var req request
	for i, raw := range body.list("properties") {
		req.properties = append(req.properties, h.property(r, raw, body.item("properties", i)))
	}
	for _, name := range []string{memberO365, memberM365} {
		if raw, ok := body.raw(name); ok {
			req.account = true
			req.licences = append(req.licences, r.licenceChanges(raw, name)...)
		}
	}
	if body.has("photo") {
		text := body.text("photo")
		if _, ok := body.raw("photo"); !ok && !h.options.Lenient {
			r.complain("photo", "A Base64 string is expected.")
		}
		if _, complaint := writtenText(models.OctetString, text); complaint != "" {
			r.complain("photo", complaint)
		}
		req.photo = &text
	}
	return req
}

// property reads one item of properties.
func (h writing) property(r *reader, raw json.RawMessage, path string) writtenProperty {
	o := r.object(raw, path)
	p := writtenProperty{name: o.required("propertyName")}
	word, _ := o.enum("propertyType")
	kind, known := propertyType(word, p.name)
	p.kind = kind
	if searchOnly(p.name) {
		r.complain(o.at("propertyName"), "The property '"+p.name+"' cannot be written.")
	}
	if !known {
		r.complain(o.at("propertyType"), "The property type '"+word+"' is not known.")
	}
	if word, given := o.enum("operation"); given {
		if p.operation, known = models.ParseOperation(word); !known {
			r.complain(o.at("operation"), "The operation '"+word+"' is not known.")
		}
	}
	if !o.has("values") {
		r.complain(o.at("values"), missing("values"))
	}
	if p.kind != 0 {
		for i, raw := range o.list("values") {
			text, complaint := written(p.kind, raw, h.options.Lenient || strings.EqualFold(word, models.AnyString))
			if complaint != "" {
				r.complain(o.item("values", i), complaint)
			}
			p.values = append(p.values, text)
		}
	}
	h.mask(r, o, &p)
	return p
}

func (h writing) mask(r *reader, o object, p *writtenProperty) {
	raw, given := o.raw("mask")
	if !given {
		return
	}
	text, complaint := writtenInteger(raw, h.options.Lenient)
	switch {
	case complaint != "":
		r.complain(o.at("mask"), complaint)
	case p.kind != models.Integer:
		r.complain(o.at("mask"), "A mask is for integers only.")
	case len(p.values) > 1:
		r.complain(o.at("values"), "With a mask there is one value.")
	default:
		n, _ := strconv.ParseInt(text, 10, 32)
		p.masked, p.mask = true, int32(n)
	}
}

// fitting asks whether the object's type has what is to be written.
func (h writing) fitting(dn models.DN, req *request) *failure {
	class := ""
	_ = h.options.Directory.Look(dn, func(v directory.View) { class = v.Class() })
	return h.fittingClass(class, req)
}

func (h writing) fittingClass(class string, req *request) *failure {
	isUser := class == "user" || class == "inetOrgPerson"
	if req.photo != nil && !isUser && class != "contact" {
		if !h.options.Lenient {
			return badMember("photo", "Only users and contacts have a photo.")
		}
		req.photo = nil
	}
	if req.account && !isUser {
		if !h.options.Lenient {
			return badMember(h.options.Member, "Only users have a Microsoft 365 account.")
		}
		req.account, req.licences = false, nil
	}
	return nil
}

// apply does a whole request on an object, or nothing.
func (h writing) apply(dn models.DN, req request) (done, error) {
	op, err := h.directoryOperation(dn, req)
	if err != nil {
		return done{}, err
	}
	guid, err := h.guidOf(dn)
	if err != nil {
		return done{}, err
	}
	if err := h.licences.check(dn, h.options.Directory, req.licences); err != nil {
		return done{}, err
	}
	after, changed, err := h.options.Directory.Operate(dn, op)
	if err != nil {
		return done{}, err
	}
	licensed := h.licences.apply(guid, h.options.Directory, req.licences)
	kept := h.custom.apply(guid, req.custom())
	return done{dn: after, same: !changed && !licensed && !kept}, nil
}

func (h writing) guidOf(dn models.DN) (guid string, err error) {
	err = h.options.Directory.Look(dn, func(v directory.View) { guid = v.GUID() })
	return guid, err
}

// directoryOperation turns the properties into one operation of the directory.
func (h writing) directoryOperation(dn models.DN, req request) (directory.Operation, error) {
	var op directory.Operation
	for _, p := range req.properties {
		if isCustom(p.name) {
			continue
		}
		if err := addProperty(&op, dn, p); err != nil {
			return op, err
		}
	}
	if req.photo != nil {
		photo := directory.AttributeChange{Name: "thumbnailPhoto"}
		if *req.photo != "" {
			photo.Values = []string{*req.photo}
		}
		op.Attributes = append(op.Attributes, photo)
	}
	return op, nil
}

func addProperty(op *directory.Operation, dn models.DN, p writtenProperty) error {
	switch name := strings.ToLower(p.name); {
	case isName(name, dn):
		if len(p.values) != 1 || p.operation == models.Remove {
			return refuse(models.ErrInvalid, "The name of an object cannot be empty.")
		}
		op.Name = &p.values[0]
		return nil
	case name == "useraccountcontrol" && p.kind == models.Integer:
		return addAccountBits(op, p)
	case name == "unicodepwd":
		if len(p.values) != 1 {
			return refuse(models.ErrPolicy, passwordWords)
		}
		secret := models.NewSecret(p.values[0])
		op.Password = &secret
		return nil
	}
	a, known := directory.Describe(p.name)
	switch {
	case !known:
		return refuse(models.ErrInvalid, "The property '%s' is not in the schema.", p.name)
	case !typeFits(p.kind, a.Type):
		return refuse(models.ErrInvalid, "The property '%s' is of the type %s, not %s.", a.Name, a.Type.Name(), p.kind.Name())
	case len(p.values) > 1 && !a.Many:
		return refuse(models.ErrInvalid, "The property '%s' has one value only.", a.Name)
	case p.operation != models.Replace && !p.masked && !a.Many && !(p.operation == models.Append && len(p.values) == 1):
		return refuse(models.ErrInvalid, "The property '%s' has one value only; it cannot be changed by '%s'.", a.Name, p.operation.Name())
	}
	change := directory.AttributeChange{Name: a.Name, How: p.operation, Values: p.values, Masked: p.masked, Mask: p.mask}
	if !a.Many {
		change.How = models.Replace
	}
	if a.Name == "accountExpires" && len(p.values) == 0 {
		change.Values = []string{clearedExpiry}
	}
	op.Attributes = append(op.Attributes, change)
	return nil
}

// addAccountBits takes the bit for "must change the password" out, which the
// directory does not have.
func addAccountBits(op *directory.Operation, p writtenProperty) error {
	var value int32
	switch {
	case len(p.values) == 1:
		value, _ = models.Bits(p.values[0])
	case !p.masked || len(p.values) > 1:
		return refuse(models.ErrInvalid, "The property 'userAccountControl' has exactly one value.")
	}
	mask := int32(-1)
	if p.masked {
		mask = p.mask
	}
	if mask&models.MustChangeFlag != 0 {
		op.MustChange = models.FlagOf(value&models.MustChangeFlag != 0)
	}
	value, mask = value&^(models.MustChangeFlag|models.UACComputed), mask&^(models.MustChangeFlag|models.UACComputed)
	if mask == 0 {
		return nil
	}
	op.Attributes = append(op.Attributes, directory.AttributeChange{
		Name: "userAccountControl", Values: []string{strconv.Itoa(int(value))}, Masked: p.masked, Mask: mask,
	})
	return nil
}

// isName reports whether a property is what the object is called by.
func isName(property string, dn models.DN) bool {
	return property == "name" || property == strings.ToLower(dn.RDN().Type)
}

// refuse is the directory's or the service's refusal of a write.
func refuse(kind error, words string, args ...any) error {
	return &models.Error{Kind: kind, Server: fail(http.StatusOK, words, args...).Message}
}
