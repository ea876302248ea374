// A peer: java PdfBox PARTS LABELS BOOKMARKS PACK merges with the structure trees, numbers each page and adds bookmarks.
// PARTS: a path a line. LABELS: a label a line. BOOKMARKS: first page (from 1), tab, title. All UTF-8.

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;

public class PdfBox {
    public static void main(String[] given) throws Exception {
        List<PDDocument> opened = new ArrayList<>();
        try (PDDocument pack = new PDDocument()) {
            PDFMergerUtility merger = new PDFMergerUtility();
            for (String part : Files.readAllLines(Paths.get(given[0]))) {
                PDDocument source = PDDocument.load(new File(part));
                opened.add(source); // pages are read from it until the pack is saved
                merger.appendDocument(pack, source);
            }
            number(pack, Files.readAllLines(Paths.get(given[1])));
            bookmark(pack, Files.readAllLines(Paths.get(given[2])));
            pack.save(given[3]);
        }
        for (PDDocument source : opened) {
            source.close();
        }
    }

    private static void number(PDDocument pack, List<String> labels) throws Exception {
        int index = 0;
        for (PDPage page : pack.getPages()) {
            try (PDPageContentStream content = new PDPageContentStream(pack, page, AppendMode.APPEND, true, true)) {
                content.beginText();
                content.setFont(PDType1Font.HELVETICA, 11);
                content.newLineAtOffset(275, 22);
                content.showText("Page " + labels.get(index++));
                content.endText();
            }
        }
    }

    private static void bookmark(PDDocument pack, List<String> lines) {
        PDDocumentOutline outline = new PDDocumentOutline();
        for (String line : lines) {
            int tab = line.indexOf('\t');
            PDOutlineItem item = new PDOutlineItem();
            item.setTitle(line.substring(tab + 1));
            item.setDestination(pack.getPage(Integer.parseInt(line.substring(0, tab)) - 1));
            outline.addLast(item);
        }
        pack.getDocumentCatalog().setDocumentOutline(outline);
    }
}
