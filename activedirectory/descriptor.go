package activedirectory

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/go-ldap/ldap/v3"

	"dirdesk/models"
)

// Parts of a self-relative security descriptor (MS-DTYP 2.4.6) and its access
// control entries (2.4.4).
const (
	descriptorHeader = 20
	aclHeader        = 8
	aceHeader        = 4

	controlDACLPresent  = 0x0004
	controlDACLKept     = 0x1400 // protected, auto-inherited: stay as they are
	controlSelfRelative = 0x8000

	aclRevisionDS = 4 // with entries for one right of an object

	aceGranted       = 0x00
	aceDenied        = 0x01
	aceGrantedObject = 0x05
	aceDeniedObject  = 0x06
	aceInheritOnly   = 0x08 // of the flags: does not count for the object itself
	aceInherited     = 0x10 // of the flags: it came from above
	aceHasType       = 0x01 // an object type follows
	aceHasInherited  = 0x02 // an inherited object type follows

	rightControlAccess = 0x00000100 // ADS_RIGHT_DS_CONTROL_ACCESS
)

var (
	errDescriptor      = errors.New("not a security descriptor as expected")
	errDeniedOtherwise = errors.New("the password change is denied by an entry of another kind")
)

// changePassword is the extended right User-Change-Password,
// ab721a53-1e2f-11d0-9819-00aa0040529b (MS-ADTS 5.1.3.2.1), as it travels.
func changePassword() []byte {
	return []byte{0x53, 0x1a, 0x72, 0xab, 0x2f, 0x1e, 0xd0, 0x11, 0x98, 0x19, 0x00, 0xaa, 0x00, 0x40, 0x52, 0x9b}
}

// selfSID is S-1-5-10, the object itself; everyoneSID is S-1-1-0 (MS-DTYP 2.4.2.4).
func selfSID() []byte     { return []byte{1, 1, 0, 0, 0, 0, 0, 5, 10, 0, 0, 0} }
func everyoneSID() []byte { return []byte{1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0} }

// ace is one entry of an access list, whole, with its header.
type ace []byte

// accessEntries reads the access list of a descriptor.
func accessEntries(sd []byte) (control uint16, entries []ace, err error) {
	if len(sd) < descriptorHeader || sd[0] != 1 {
		return 0, nil, errDescriptor
	}
	control = binary.LittleEndian.Uint16(sd[2:])
	start := int64(binary.LittleEndian.Uint32(sd[16:]))
	if control&controlDACLPresent == 0 || start < descriptorHeader || start+aclHeader > int64(len(sd)) {
		return 0, nil, errDescriptor // no list means: everyone may do everything
	}
	list := sd[start:]
	size, count := int(binary.LittleEndian.Uint16(list[2:])), int(binary.LittleEndian.Uint16(list[4:]))
	if size < aclHeader || size > len(list) {
		return 0, nil, errDescriptor
	}
	for rest := list[aclHeader:size]; count > 0; count-- {
		if len(rest) < aceHeader {
			return 0, nil, errDescriptor
		}
		length := int(binary.LittleEndian.Uint16(rest[2:]))
		if length < aceHeader || length > len(rest) {
			return 0, nil, errDescriptor
		}
		entries = append(entries, ace(rest[:length]))
		rest = rest[length:]
	}
	return control, entries, nil
}

// denyPasswordChange gives the descriptor, access list only, with the right denied.
// Denials come first, which is the order that Windows keeps.
func denyPasswordChange(sd []byte) ([]byte, error) {
	control, entries, err := accessEntries(sd)
	if err != nil {
		return nil, err
	}
	return accessList(control, slices.Concat([]ace{denial(selfSID()), denial(everyoneSID())}, entries))
}

// allowPasswordChange gives the descriptor, access list only, without the two
// denials that Windows' tools and denyPasswordChange put into it; an error when
// the right is denied in another way too.
func allowPasswordChange(sd []byte) ([]byte, error) {
	control, entries, err := accessEntries(sd)
	if err != nil {
		return nil, err
	}
	entries = slices.DeleteFunc(entries, func(a ace) bool {
		return bytes.Equal(a, denial(selfSID())) || bytes.Equal(a, denial(everyoneSID()))
	})
	if slices.ContainsFunc(entries, ace.deniesPasswordChange) {
		return nil, errDeniedOtherwise
	}
	return accessList(control, entries)
}

// accessList makes a descriptor with nothing but an access list.
func accessList(control uint16, entries []ace) ([]byte, error) {
	size := aclHeader
	for _, entry := range entries {
		size += len(entry)
	}
	if size > 1<<16-1 {
		return nil, errors.New("the access list is full")
	}
	out := []byte{1, 0}
	out = binary.LittleEndian.AppendUint16(out, control&controlDACLKept|controlSelfRelative|controlDACLPresent)
	out = append(out, make([]byte, 12)...) // no owner, no group, no audit list
	out = binary.LittleEndian.AppendUint32(out, descriptorHeader)
	out = append(out, aclRevisionDS, 0)
	out = binary.LittleEndian.AppendUint16(out, uint16(size))
	out = binary.LittleEndian.AppendUint16(out, uint16(len(entries)))
	out = append(out, 0, 0)
	for _, entry := range entries {
		out = append(out, entry...)
	}
	return out, nil
}

// denial denies the right to change the password to one SID.
func denial(sid []byte) ace {
	body := binary.LittleEndian.AppendUint32(nil, rightControlAccess)
	body = binary.LittleEndian.AppendUint32(body, aceHasType)
	body = slices.Concat(body, changePassword(), sid)
	entry := binary.LittleEndian.AppendUint16([]byte{aceDeniedObject, 0}, uint16(aceHeader+len(body)))
	return append(entry, body...)
}

// deniesPasswordChange reports whether an access list keeps the account from
// changing its own password: denied to itself or to everyone. known is false for
// what is no descriptor, as when it may not be read.
func deniesPasswordChange(sd []byte) (denied, known bool) {
	_, entries, err := accessEntries(sd)
	if err != nil {
		return false, false
	}
	return slices.ContainsFunc(entries, ace.deniesPasswordChange), true
}

func (a ace) deniesPasswordChange() bool {
	r, ok := a.right()
	return ok && r.deny && r.mask&rightControlAccess != 0 && (r.object == nil || bytes.Equal(r.object, changePassword())) &&
		(bytes.Equal(r.sid, selfSID()) || bytes.Equal(r.sid, everyoneSID()))
}

// right is what an entry grants or denies for the object that has it.
type right struct {
	deny      bool
	mask      uint32
	object    []byte // GUID of an attribute, a property set, a right or a class, as it travels; nil: all
	inheritor []byte // GUID of the class that inherits it; nil: all
	sid       []byte
}

// right takes an entry apart. ok is false for one that does not count for the
// object itself, and for kinds that neither grant nor deny.
func (a ace) right() (r right, ok bool) {
	kind, flags, body := a[0], a[1], a[aceHeader:]
	withGUIDs := kind == aceGrantedObject || kind == aceDeniedObject
	if kind > aceDenied && !withGUIDs || flags&aceInheritOnly != 0 || len(body) < 4 {
		return r, false
	}
	r.deny, r.mask = kind == aceDenied || kind == aceDeniedObject, binary.LittleEndian.Uint32(body)
	body = body[4:]
	if withGUIDs {
		if len(body) < 4 {
			return r, false
		}
		parts := binary.LittleEndian.Uint32(body)
		body = body[4:]
		for _, part := range []struct {
			bit uint32
			to  *[]byte
		}{{aceHasType, &r.object}, {aceHasInherited, &r.inheritor}} {
			if parts&part.bit == 0 {
				continue
			}
			if len(body) < 16 {
				return r, false
			}
			*part.to, body = body[:16], body[16:]
		}
	}
	length := 0
	if len(body) >= 8 {
		length = 8 + 4*int(body[1])
	}
	if length == 0 || length > len(body) {
		return r, false
	}
	r.sid = body[:length] // what may follow is an application's
	return r, true
}

const securityDescriptor = "nTSecurityDescriptor"

// daclOnly asks for, or writes, nothing but the discretionary access list of a
// security descriptor (MS-ADTS 3.1.1.3.4.1.11): the audit list needs a privilege
// of its own, and owner and group are to stay.
func daclOnly() []ldap.Control { return descriptorParts(sdDACL) }

// descriptorParts is the control that names them: 1 owner, 2 group, 4 access list.
func descriptorParts(parts int32) []ldap.Control {
	return []ldap.Control{&ldap.ControlMicrosoftSDFlags{Criticality: true, ControlValue: parts}}
}

// forbidPasswordChange takes from a user that has just been made the right to
// change its own password, as Windows' tools do: two entries at the head of the
// access list, denying it to the account itself and to everyone.
func (b *objects) forbidPasswordChange(ctx context.Context, dn models.DN) error {
	const action = "forbid the password change of"
	err := b.change(ctx, action, string(dn), func(c *conn) error {
		now := baseSearch(string(dn), anything, []string{securityDescriptor})
		now.Controls = daclOnly()
		entry, err := c.one(ctx, b.silence, now)
		if err != nil {
			return err
		}
		after, err := denyPasswordChange(attributesOf(entry).bytes(securityDescriptor))
		if err != nil {
			return fmt.Errorf("its access list: %w", err)
		}
		request := replace(string(dn), securityDescriptor, string(after))
		request.Controls = daclOnly()
		return b.modify(ctx, c, request)
	})
	var said *models.Error
	if errors.As(err, &said) && !errors.Is(err, models.ErrUnknownOutcome) {
		said.Advice = "The user was created and can sign in, but can change its password: forbid that with another tool, or delete the user."
	}
	return err
}
