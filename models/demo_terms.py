"""Well-known terms of public ontologies, with their real identifiers and a thinned-out hierarchy.

The parents of a term are its nearest ancestors among the terms listed here. Gene identifiers are Ensembl's and NCBI's.
"""

SOURCES = """
entity                    | organism | name      | version     | description
bionty.Organism           | all      | ncbitaxon | 2026-05-13  | NCBI organismal classification
bionty.Gene               | human    | ensembl   | release-116 | Ensembl genes of Homo sapiens
bionty.Gene               | mouse    | ensembl   | release-116 | Ensembl genes of Mus musculus
bionty.CellType           | all      | cl        | 2026-03-26  | Cell Ontology
bionty.Tissue             | all      | uberon    | 2026-04-01  | Uberon multi-species anatomy ontology
bionty.Disease            | all      | mondo     | 2026-05-05  | Mondo Disease Ontology
bionty.ExperimentalFactor | all      | efo       | 3.90.0      | Experimental Factor Ontology
"""

ORGANISMS = """
ontology_id     | name  | scientific_name
NCBITaxon:9606  | human | Homo sapiens
NCBITaxon:10090 | mouse | Mus musculus
"""

HUMAN_GENES = """
symbol | ensembl_gene_id | ncbi_gene_ids | organism | biotype        | synonyms   | description
CD8A   | ENSG00000153563 | 925           | human    | protein_coding | CD8;p32    | CD8 subunit alpha
CD4    | ENSG00000010610 | 920           | human    | protein_coding | T4         | CD4 molecule
CD14   | ENSG00000170458 | 929           | human    | protein_coding |            | CD14 molecule
CD38   | ENSG00000004468 | 952           | human    | protein_coding | CADPR1     | CD38 molecule
CD3E   | ENSG00000198851 | 916           | human    | protein_coding | T3E        | CD3 epsilon subunit
CD19   | ENSG00000177455 | 930           | human    | protein_coding | B4         | CD19 molecule
MS4A1  | ENSG00000156738 | 931           | human    | protein_coding | CD20;B1    | membrane spanning 4-domains A1
FOXP3  | ENSG00000049768 | 50943         | human    | protein_coding | IPEX;JM2   | forkhead box P3
IL2RA  | ENSG00000134460 | 3559          | human    | protein_coding | CD25       | interleukin 2 receptor subunit alpha
IL7R   | ENSG00000168685 | 3575          | human    | protein_coding | CD127      | interleukin 7 receptor
IFNG   | ENSG00000111537 | 3458          | human    | protein_coding | IFG;IFI    | interferon gamma
GZMB   | ENSG00000100453 | 3002          | human    | protein_coding | CTLA1      | granzyme B
NKG7   | ENSG00000105374 | 4818          | human    | protein_coding | GMP-17     | NK cell granule protein 7
LYZ    | ENSG00000090382 | 4069          | human    | protein_coding | LZM        | lysozyme
FCGR3A | ENSG00000203747 | 2214          | human    | protein_coding | CD16;CD16A | Fc gamma receptor IIIa
PPBP   | ENSG00000163736 | 5473          | human    | protein_coding | CXCL7      | pro-platelet basic protein
PTPRC  | ENSG00000081237 | 5788          | human    | protein_coding | CD45       | receptor-type tyrosine phosphatase C
PDCD1  | ENSG00000188389 | 5133          | human    | protein_coding | CD279;PD-1 | programmed cell death 1
TP53   | ENSG00000141510 | 7157          | human    | protein_coding | P53        | tumor protein p53
ACTB   | ENSG00000075624 | 60            | human    | protein_coding |            | actin beta
"""

MOUSE_GENES = """
symbol | ensembl_gene_id    | ncbi_gene_ids | organism | biotype        | synonyms | description
Cd8a   | ENSMUSG00000053977 | 12525         | mouse    | protein_coding | Ly-2     | CD8 antigen, alpha chain
Cd4    | ENSMUSG00000023274 | 12504         | mouse    | protein_coding | L3T4     | CD4 antigen
Cd14   | ENSMUSG00000051439 | 12475         | mouse    | protein_coding |          | CD14 antigen
"""

CELL_TYPES = """
ontology_id | name | parents | synonyms
CL:0000000 | cell |  |
CL:0000034 | stem cell | CL:0000000 |
CL:0000037 | hematopoietic stem cell | CL:0000034;CL:0000255;CL:0008001 | blood forming stem cell;hemopoietic stem cell
CL:0000049 | common myeloid progenitor | CL:0000255;CL:0008001 | common myeloid precursor
CL:0000051 | common lymphoid progenitor | CL:0000255;CL:0008001 | common lymphocyte precursor
CL:0000057 | fibroblast | CL:0002320 |
CL:0000062 | osteoblast | CL:0002320 |
CL:0000066 | epithelial cell | CL:0000255 | epitheliocyte
CL:0000084 | T cell | CL:0000542 | T lymphocyte;T-cell
CL:0000091 | Kupffer cell | CL:0000235 | hepatic macrophage;littoral cell of hepatic sinusoid
CL:0000092 | osteoclast | CL:0000234;CL:0000766 |
CL:0000094 | granulocyte | CL:0000766 | granular leucocyte;granular leukocyte
CL:0000097 | mast cell | CL:0000766 | histaminocyte;labrocyte
CL:0000099 | interneuron | CL:0000540 |
CL:0000115 | endothelial cell | CL:0000255 | endotheliocyte
CL:0000121 | Purkinje cell | CL:0000617 | Purkinje neuron;cerebellar Purkinje cell
CL:0000125 | glial cell | CL:0000255 | neuroglial cell
CL:0000127 | astrocyte | CL:0000125 | astrocytic glia
CL:0000128 | oligodendrocyte | CL:0000125 |
CL:0000129 | microglial cell | CL:0000125;CL:0000235 | brain-resident macrophage;hortega cells
CL:0000134 | mesenchymal stem cell | CL:0000034;CL:0002320 |
CL:0000136 | adipocyte | CL:0002320 | adipose cell;fat cell
CL:0000138 | chondrocyte | CL:0002320 | cartilage cell
CL:0000145 | professional antigen presenting cell | CL:0000738 | APC
CL:0000148 | melanocyte | CL:0000255 |
CL:0000158 | club cell | CL:0000066 | Clara cell
CL:0000160 | goblet cell | CL:0000066 | chalice cell
CL:0000169 | type B pancreatic cell | CL:0000066 | B-cell of pancreatic islet;beta cell of pancreatic islet
CL:0000171 | pancreatic A cell | CL:0000066 | alpha cell of islet of Langerhans;pancreatic alpha cell
CL:0000182 | hepatocyte | CL:0000066 |
CL:0000187 | muscle cell | CL:0000255 | muscle fiber;myocyte
CL:0000192 | smooth muscle cell | CL:0000187 | SMCs;myocytes, smooth muscle
CL:0000232 | erythrocyte | CL:0000763 | RBC;red blood cell
CL:0000233 | platelet | CL:0000763 | anucleate thrombocyte;blood platelet
CL:0000234 | phagocyte | CL:0000000 |
CL:0000235 | macrophage | CL:0000145;CL:0000234;CL:0000766;CL:0000842 | histiocyte
CL:0000236 | B cell | CL:0000542 | B lymphocyte;B-cell
CL:0000255 | eukaryotic cell | CL:0000000 |
CL:0000312 | keratinocyte | CL:0000066 |
CL:0000451 | dendritic cell | CL:0000145;CL:0000234;CL:0000842 |
CL:0000510 | paneth cell | CL:0000066 |
CL:0000540 | neuron | CL:0000255 | nerve cell
CL:0000542 | lymphocyte | CL:0000842 |
CL:0000545 | T-helper 1 cell | CL:0000624 | T helper cells type 1;T(H)-1 cell
CL:0000546 | T-helper 2 cell | CL:0000624 | T helper cells type 2;T(H)-2 cell
CL:0000556 | megakaryocyte | CL:0000763 | megacaryocyte;megalocaryocyte
CL:0000558 | reticulocyte | CL:0000763 |
CL:0000576 | monocyte | CL:0000234;CL:0000766;CL:0000842 |
CL:0000583 | alveolar macrophage | CL:0000235 | dust cell
CL:0000584 | enterocyte | CL:0000066 |
CL:0000617 | GABAergic neuron | CL:0000540 | GABA-ergic neuron
CL:0000623 | natural killer cell | CL:0001065 | NK cell
CL:0000624 | CD4-positive, alpha-beta T cell | CL:0000789;CL:0002419 | CD4-positive, alpha-beta T lymphocyte
CL:0000625 | CD8-positive, alpha-beta T cell | CL:0000789;CL:0002419 | CD8-positive, alpha-beta T lymphocyte
CL:0000653 | podocyte | CL:0002518 | glomerular podocyte;glomerular visceral epithelial cell
CL:0000669 | pericyte | CL:0002320 | pericyte of Rouget
CL:0000679 | glutamatergic neuron | CL:0000540 |
CL:0000738 | leukocyte | CL:0000255;CL:0000988 | WBC;leucocyte
CL:0000746 | cardiac muscle cell | CL:0000187 | cardiac muscle fiber;cardiac myocyte
CL:0000763 | myeloid cell | CL:0000255;CL:0000988 |
CL:0000766 | myeloid leukocyte | CL:0000738;CL:0000763 |
CL:0000767 | basophil | CL:0000094 | basophilic leucocyte;basophilic leukocyte
CL:0000771 | eosinophil | CL:0000094 | eosinocyte;eosinophilic granulocyte
CL:0000775 | neutrophil | CL:0000094 | neutrocyte;neutrophil leucocyte
CL:0000784 | plasmacytoid dendritic cell | CL:0000451 | pDC;interferon-producing cell
CL:0000785 | mature B cell | CL:0000145;CL:0000236 | mature B lymphocyte;mature B-cell
CL:0000786 | plasma cell | CL:0000542 | plasma B cell;plasma B-cell
CL:0000787 | memory B cell | CL:0000785 | memory B lymphocyte;memory B-cell
CL:0000788 | naive B cell | CL:0000785 | naive B lymphocyte;naive B-cell
CL:0000789 | alpha-beta T cell | CL:0000084 | alpha-beta T lymphocyte;alpha-beta T-cell
CL:0000792 | CD4-positive, CD25-positive, alpha-beta regulatory T cell | CL:0000624;CL:0000815 |
CL:0000798 | gamma-delta T cell | CL:0000084 | gamma-delta T lymphocyte;gamma-delta T-cell
CL:0000813 | memory T cell | CL:0002419 | memory T lymphocyte;memory T-cell
CL:0000814 | mature NK T cell | CL:0000789;CL:0002419 | mature NK T lymphocyte;mature NK T-cell
CL:0000815 | regulatory T cell | CL:0002419 | Treg;regulatory T lymphocyte
CL:0000842 | mononuclear leukocyte | CL:0000738 | mononuclear cell
CL:0000860 | classical monocyte | CL:0000576 | inflammatory monocyte
CL:0000875 | non-classical monocyte | CL:0000576 | patrolling monocyte;resident monocyte
CL:0000898 | naive T cell | CL:0002419 | naive T lymphocyte;naive T-cell
CL:0000899 | T-helper 17 cell | CL:0000624 | IL-17-producing CD4+ T helper;T helper cells type 17
CL:0000910 | cytotoxic T cell | CL:0000911 | cytotoxic T lymphocyte;cytotoxic T-cell
CL:0000911 | effector T cell | CL:0002419 | effector T lymphocyte;effector T-cell
CL:0000980 | plasmablast | CL:0000785 | CD27-positive, CD38-positive, CD20-negative B cell
CL:0000988 | hematopoietic cell | CL:0000000 | haematopoietic cell;haemopoietic cell
CL:0000990 | conventional dendritic cell | CL:0000451 | cDC
CL:0001065 | innate lymphoid cell | CL:0000542 |
CL:0001069 | group 2 innate lymphoid cell | CL:0001065 | ILC2;natural helper cell
CL:0002062 | pulmonary alveolar type 1 cell | CL:0000066 | lung type 1 cells;membranous pneumocytes
CL:0002063 | pulmonary alveolar type 2 cell | CL:0000066 | cuboidal type II cell;granular pneumocyte
CL:0002320 | connective tissue cell | CL:0000255 |
CL:0002393 | intermediate monocyte | CL:0000576 |
CL:0002419 | mature T cell | CL:0000084 | CD3e-positive T cell;mature T-cell
CL:0002518 | kidney epithelial cell | CL:0000066 |
CL:0002573 | Schwann cell | CL:0000125 | neurolemmocyte
CL:0008001 | hematopoietic precursor cell | CL:0000988 |
CL:0008002 | skeletal muscle fiber | CL:0000187 |
"""

TISSUES = """
ontology_id | name | parents | synonyms
UBERON:0000006 | islet of Langerhans | UBERON:0001264 | pancreatic insula;pancreatic islet
UBERON:0000029 | lymph node | UBERON:0005057 |
UBERON:0000059 | large intestine | UBERON:0000160 |
UBERON:0000062 | organ |  |
UBERON:0000160 | intestine | UBERON:0000062;UBERON:0001007 | bowel
UBERON:0000178 | blood | UBERON:0002390 | portion of blood;vertebrate blood
UBERON:0000473 | testis | UBERON:0000062 | gonad of male genitalia;gonad of male reproductive system
UBERON:0000479 | tissue |  | portion of tissue;tissue portion
UBERON:0000945 | stomach | UBERON:0000062;UBERON:0001007 |
UBERON:0000948 | heart | UBERON:0000062 | chambered heart;vertebrate heart
UBERON:0000955 | brain | UBERON:0000062;UBERON:0001016 |
UBERON:0000956 | cerebral cortex | UBERON:0000955 | cortex of cerebral hemisphere
UBERON:0000966 | retina | UBERON:0000970;UBERON:0001016 | inner layer of eyeball;retina of camera-type eye
UBERON:0000970 | eye | UBERON:0000062 |
UBERON:0000992 | ovary | UBERON:0000062 | animal ovary;female gonad
UBERON:0001004 | respiratory system |  | apparatus respiratorius
UBERON:0001007 | digestive system |  |
UBERON:0001013 | adipose tissue | UBERON:0000479 | fat;fat tissue
UBERON:0001016 | nervous system |  | neurological system
UBERON:0001155 | colon | UBERON:0000059 | large bowel
UBERON:0001264 | pancreas | UBERON:0000062 |
UBERON:0001987 | placenta | UBERON:0000062 | allantoic placenta;eutherian placenta
UBERON:0002037 | cerebellum | UBERON:0000955 | epencephalon-1
UBERON:0002048 | lung | UBERON:0000062;UBERON:0001004 | pulmo
UBERON:0002097 | skin of body | UBERON:0000062 | entire skin;skin organ
UBERON:0002106 | spleen | UBERON:0002390;UBERON:0005057 |
UBERON:0002107 | liver | UBERON:0000062;UBERON:0001007 |
UBERON:0002108 | small intestine | UBERON:0000160 | small bowel
UBERON:0002113 | kidney | UBERON:0000062 |
UBERON:0002115 | jejunum | UBERON:0002108 |
UBERON:0002240 | spinal cord | UBERON:0000062;UBERON:0001016 |
UBERON:0002370 | thymus | UBERON:0002390;UBERON:0005057 | thymus gland;thymus organ
UBERON:0002371 | bone marrow | UBERON:0000062;UBERON:0000479;UBERON:0002390 | medulla ossea;medulla ossium
UBERON:0002372 | tonsil | UBERON:0000062;UBERON:0000479;UBERON:0001004;UBERON:0001007 |
UBERON:0002390 | hematopoietic system |  | haematological system;haemopoietic system
UBERON:0002421 | hippocampal formation | UBERON:0000956 | hippocampus (Crosby)
UBERON:0005057 | immune organ | UBERON:0000062 | immune system organ
"""

DISEASES = """
ontology_id | name | parents | synonyms
MONDO:0000001 | disease |  | disorder
MONDO:0004975 | Alzheimer disease | MONDO:0005559 | AD;Alzheimer dementia
MONDO:0004979 | asthma | MONDO:0000001 |
MONDO:0004992 | cancer | MONDO:0000001 | CA
MONDO:0004993 | carcinoma | MONDO:0004992 | Other carcinoma
MONDO:0005011 | Crohn disease | MONDO:0005265 | Crohn's disease
MONDO:0005015 | diabetes mellitus | MONDO:0000001 | DM;diabetes
MONDO:0005059 | leukemia | MONDO:0000001 | leukaemia
MONDO:0005061 | lung adenocarcinoma | MONDO:0004993;MONDO:0008903 | adenocarcinoma of lung
MONDO:0005062 | lymphoma | MONDO:0000001 | lymphoma (Hodgkin and non-Hodgkin)
MONDO:0005083 | psoriasis | MONDO:0000001 |
MONDO:0005101 | ulcerative colitis | MONDO:0005265 | colitis ulcerative
MONDO:0005105 | melanoma | MONDO:0000001 | malignant melanoma
MONDO:0005108 | viral infectious disease | MONDO:0005550 | viral infection
MONDO:0005109 | HIV infectious disease | MONDO:0005108 | HIV infection
MONDO:0005130 | celiac disease | MONDO:0007179 | celiac sprue
MONDO:0005136 | malaria | MONDO:0005550 |
MONDO:0005147 | type 1 diabetes mellitus | MONDO:0005015;MONDO:0007179 | IDDM;T1D
MONDO:0005148 | type 2 diabetes mellitus | MONDO:0005015 | NIDDM;T2D
MONDO:0005180 | Parkinson disease | MONDO:0000001 | PD
MONDO:0005265 | inflammatory bowel disease | MONDO:0000001 | IBD;autoimmune bowel disorder
MONDO:0005301 | multiple sclerosis | MONDO:0005559;MONDO:0007179 |
MONDO:0005550 | infectious disease | MONDO:0000001 | communicable disease;infection
MONDO:0005559 | neurodegenerative disease | MONDO:0000001 | neurodegeneration
MONDO:0005575 | colorectal cancer | MONDO:0004992 | cancer of colorectum;cancer of large bowel
MONDO:0005812 | influenza | MONDO:0005108 | flu
MONDO:0007179 | autoimmune disease | MONDO:0000001 | autoimmune disease or disorder
MONDO:0007254 | breast cancer | MONDO:0004992 | cancer of breast
MONDO:0007915 | systemic lupus erythematosus | MONDO:0007179 | Lupus;SLE
MONDO:0008383 | rheumatoid arthritis | MONDO:0007179 | RA
MONDO:0008903 | lung cancer | MONDO:0004992 | cancer of lung
MONDO:0009061 | cystic fibrosis | MONDO:0000001 | CF
MONDO:0018076 | tuberculosis | MONDO:0005550 | tuberculosis disease
MONDO:0018177 | glioblastoma | MONDO:0004992 | GBM
MONDO:0018874 | acute myeloid leukemia | MONDO:0004992;MONDO:0005059 | AML
MONDO:0100096 | COVID-19 | MONDO:0005108 | SARS-CoV-2 infection
"""

EXPERIMENTAL_FACTORS = """
ontology_id | name | parents | synonyms
EFO:0000001 | experimental factor |  |
EFO:0001457 | RNA assay |  |
EFO:0002692 | ChIP-seq | EFO:0002697 |
EFO:0002693 | DNA-seq | EFO:0002697 | DNA sequencing
EFO:0002697 | assay by high throughput sequencer |  | high throughput sequencing assay
EFO:0007045 | ATAC-seq | EFO:0002693 |
EFO:0007832 | single cell sequencing |  |
EFO:0008722 | Drop-seq | EFO:0001457;EFO:0010183 |
EFO:0008913 | single-cell RNA sequencing | EFO:0001457;EFO:0007832 | single-cell RNA-seq;scRNA-seq
EFO:0008931 | Smart-seq2 | EFO:0001457;EFO:0010183 |
EFO:0008992 | MERFISH | EFO:0001457 | multiplexed error-robust fluorescence in situ hybridization
EFO:0008994 | spatial transcriptomics | EFO:0001457 |
EFO:0008995 | 10x technology | EFO:0010183 | 10x Genomics;10x single cell library construction
EFO:0009294 | CITE-seq | EFO:0001457;EFO:0010183 | cellular indexing of transcriptomes and epitopes by sequencing
EFO:0009899 | 10x 3' v2 | EFO:0030003 |
EFO:0009900 | 10x 5' v2 | EFO:0030080 |
EFO:0009922 | 10x 3' v3 | EFO:0030003 |
EFO:0010183 | single cell library construction |  | single cell library preparation;single-cell library construction
EFO:0010891 | scATAC-seq | EFO:0007045;EFO:0010183 | ATAC-seq (single cell);single cell ATAC-seq
EFO:0010961 | Visium Spatial Gene Expression | EFO:0002697;EFO:0008994;EFO:0008995 | 10X Visium;Visium
EFO:0011025 | 10x 5' v1 | EFO:0030080 |
EFO:0030003 | 10x 3' transcription profiling | EFO:0030080 |
EFO:0030059 | 10x multiome | EFO:0008913;EFO:0008995;EFO:0010891 |
EFO:0030080 | 10x transcription profiling | EFO:0008995 |
"""

TERMS = {
    ("bionty.Organism", "all"): ORGANISMS,
    ("bionty.Gene", "human"): HUMAN_GENES,
    ("bionty.Gene", "mouse"): MOUSE_GENES,
    ("bionty.CellType", "all"): CELL_TYPES,
    ("bionty.Tissue", "all"): TISSUES,
    ("bionty.Disease", "all"): DISEASES,
    ("bionty.ExperimentalFactor", "all"): EXPERIMENTAL_FACTORS,
}
"""The terms by entity and organism, as in `SOURCES`."""
